"""The portal: pages for everybody, without signing in."""
