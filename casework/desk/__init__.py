"""What officers see and do through their links: steps, proofs, merging, striking out."""
