-- Which blobs a segment holds, and how much of it they are: what compacting asks.
create index blob_segment on blob (segment, segment_offset, size);
