"""What outreach hangs up and hands out: posters, cards and pictures with the QR code of a campaign's link."""
