"""What UU 27/2022 asks: copies, corrections, erasure, retention, and word of an incident."""
