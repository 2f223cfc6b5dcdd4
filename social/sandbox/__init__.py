"""The pretend network inside the portal: for demos, drills and trying things out."""
