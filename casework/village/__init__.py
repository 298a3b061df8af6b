"""What a village does about its people's cases: it looks, it meets, it passes on."""
