"""The people behind the door: who they are, how they sign in, and what they may."""
