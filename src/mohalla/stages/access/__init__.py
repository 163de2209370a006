"""The front desk: every way in (web, SMS, API, counter), receipts and tracking."""
