"""What the portal must know of a visitor at the moment, without keeping who they are; knows nobody."""
