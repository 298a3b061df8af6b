"""The ways to reach an agency, one file each; `parcel` is what they all carry."""
