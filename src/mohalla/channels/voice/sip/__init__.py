"""The line on a SIP stack in this very process (baresip, alpha: pinned, and kept behind two files)."""
