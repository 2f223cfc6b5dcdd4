"""What staff type, cleaned; forms never write a status."""
