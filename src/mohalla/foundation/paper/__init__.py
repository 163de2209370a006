"""A page of our own as PDF, made in a process of its own; without Debian's Pango there is none.

Text that is copied out of such a PDF is broken Urdu: the page itself stays the thing, the PDF is for
printers and for whoever wants a file.
"""

from mohalla.foundation.paper.printing import NoPaper, pdf

__all__ = ["NoPaper", "pdf"]
