"""Documents of a notice: PDFs, with everything hidden in them refused or taken out beforehand."""
