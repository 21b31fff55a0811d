package org.merpati.lib.jmap.webpush;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Optional;

/** The curve P-256: points as 65 octets, uncompressed, and keys of them (RFC 8291 §3.1, RFC 8292 §3.2). */
final class P256 {
    static final int POINT = 65;
    static final ECParameterSpec CURVE = curve();

    private static final int NUMBER = 32;
    private static final BigInteger P = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private P256() {}

    private static ECParameterSpec curve() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /** Empty for what is no point of the curve: such keys are how secrets are stolen. */
    static Optional<ECPublicKey> publicKey(byte[] point) {
        if (point.length != POINT || point[0] != 4) {
            return Optional.empty();
        }
        var x = number(point, 1);
        var y = number(point, 1 + NUMBER);
        var right = x.pow(3)
                .add(x.multiply(CURVE.getCurve().getA()))
                .add(CURVE.getCurve().getB())
                .mod(P);
        if (x.compareTo(P) >= 0 || y.compareTo(P) >= 0 || !y.multiply(y).mod(P).equals(right)) {
            return Optional.empty();
        }
        return Optional.of(publicKey(new ECPoint(x, y)));
    }

    private static ECPublicKey publicKey(ECPoint point) {
        try {
            return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no such point", e);
        }
    }

    static byte[] octets(ECPublicKey key) {
        var point = new byte[POINT];
        point[0] = 4;
        put(key.getW().getAffineX(), point, 1);
        put(key.getW().getAffineY(), point, 1 + NUMBER);
        return point;
    }

    /** The pair whose private key is this number, brought into the curve's range. Once in a while: it takes milliseconds. */
    static KeyPair pair(byte[] secret) {
        var order = CURVE.getOrder();
        var scalar =
                new BigInteger(1, secret).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
        return pair(scalar);
    }

    static KeyPair pair(BigInteger scalar) {
        try {
            var secretKey = KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, CURVE));
            return new KeyPair(publicKey(multiply(scalar)), secretKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no such key", e);
        }
    }

    /** The base point that many times. */
    private static ECPoint multiply(BigInteger scalar) {
        var sum = ECPoint.POINT_INFINITY;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (scalar.testBit(bit)) {
                sum = add(sum, CURVE.getGenerator());
            }
        }
        return sum;
    }

    private static ECPoint add(ECPoint one, ECPoint other) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        var x = one.getAffineX();
        var y = one.getAffineY();
        var slope = one.equals(other)
                ? x.pow(2)
                        .multiply(THREE)
                        .add(CURVE.getCurve().getA())
                        .multiply(y.multiply(TWO).modInverse(P))
                : other.getAffineY()
                        .subtract(y)
                        .multiply(other.getAffineX().subtract(x).modInverse(P));
        var sumX = slope.pow(2).subtract(x).subtract(other.getAffineX()).mod(P);
        return new ECPoint(sumX, slope.multiply(x.subtract(sumX)).subtract(y).mod(P));
    }

    private static BigInteger number(byte[] octets, int from) {
        return new BigInteger(1, octets, from, NUMBER);
    }

    private static void put(BigInteger number, byte[] into, int from) {
        var octets = number.toByteArray();
        int length = Math.min(octets.length, NUMBER);
        System.arraycopy(octets, octets.length - length, into, from + NUMBER - length, length);
    }
}
