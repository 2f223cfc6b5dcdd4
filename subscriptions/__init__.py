"""What residents asked to be told by e-mail, and the mails they get; never sees social or feedback."""
