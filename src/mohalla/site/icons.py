"""The pictures of the product: 24 by 24, one stroke width, drawn in the colour of the words.

Every picture stands beside words and is silent for screen readers.
"""

from __future__ import annotations

# Pictures with a direction, mirrored where the text runs from right to left.
DIRECTED = frozenset(
    {
        "arrow-next",
        "arrow-back",
        "exit",
        "car",
        "pen",
        "document",
        "speaker",
        "noise",
        "motorcycle",
        "money_hand",
        "walk",
    }
)

ICONS = {
    "alert": '<path d="M12 3.5 21.5 20h-19z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "arrow-back": '<path d="M20 12H4.5M10.5 5.5 4 12l6.5 6.5"/>',
    "arrow-next": '<path d="M4 12h15.5M13.5 5.5 20 12l-6.5 6.5"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15z"/>'
    '<path d="M10 20.5a2.2 2.2 0 0 0 4 0M12 2.5V5"/>',
    "camera": '<path d="M3.5 8h4l1.5-2.5h6L16.5 8h4v11.5h-17z"/><circle cx="12" cy="13.5" r="3.5"/>',
    "car": '<path d="M3 16.5v-4l2.5-1L8 7h7l3 4.5 3 1v4h-2M8.5 16.5h7M3 16.5h1.5M8 11.5h10"/>'
    '<circle cx="6.5" cy="16.8" r="2"/><circle cx="17.5" cy="16.8" r="2"/>',
    "check": '<path d="m4 12.5 5.5 5.5L20 6.5"/>',
    "child": '<circle cx="12" cy="6" r="3"/><path d="M5.5 10.5 9.5 12v8.5M18.5 10.5 14.5 12v8.5M9.5 12h5M12 15.5v5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.5 2.3"/>',
    "computer": '<rect x="4" y="4.5" width="16" height="11" rx="1.5"/><path d="M2.5 19.5h19M10 12.5l4-4.5"/>',
    "cross": '<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>',
    "document": '<path d="M6 3h8.5L19 7.5V21H6z"/><path d="M14 3v5h5M9 12h7M9 15h7M9 18h4"/>',
    "exit": '<path d="M13 4H5v16h8M10 12h10.5M16 7.5l4.5 4.5-4.5 4.5"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "handshake": '<path d="M2.5 7.5 6 6l6 1.5L18 6l3.5 1.5v8L18.5 17M2.5 7.5v8l3 1.5"/>'
    '<path d="M12 7.5 8.5 11a1.7 1.7 0 0 0 2.5 2.2l2-1.7 5.5 5.5M5.5 16.5l4 3.5a1.5 1.5 0 0 0 2 0l1-1 1.5.5 1-1.5 2 .2"/>',
    "heart": '<path d="M12 20S3.5 14.8 3.5 9A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8.5 2c0 5.8-8.5 11-8.5 11z"/>',
    "home": '<path d="M3 11.5 12 4l9 7.5M5.5 10v10h13V10"/><path d="M10 20v-4.5c0-1.2 2-2.5 2-2.5s2 1.3 2 2.5V20"/>',
    "lamp": '<path d="M7 21h5M9.5 21V6a3 3 0 0 1 3-3H17v3.5"/><path d="M13 10.5a4 4 0 0 1 8 0z"/>'
    '<path d="M14 13.5l-1 2M17 13.5v2.5M20 13.5l1 2"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="1.5"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2.5"/>',
    "map-pin": '<path d="M12 21s-7-6.2-7-11.5a7 7 0 0 1 14 0C19 14.8 12 21 12 21z"/><circle cx="12" cy="9.5" r="2.5"/>',
    "microphone": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3M8.5 21h7"/>',
    "money": '<rect x="2.5" y="6.5" width="19" height="11" rx="1"/><circle cx="12" cy="12" r="2.5"/>'
    '<path d="M6 9.5v.1M18 14.4v.1"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/><path d="M17.5 4.5v3M16 6h3"/>',
    "pen": '<path d="m4 20 1-4.5L16 4.5 19.5 8 8.5 19z"/><path d="m13.5 7 3.5 3.5M12 20.5h8.5"/>',
    "people": '<circle cx="9" cy="8" r="3"/><path d="M3 19.5c0-4 2.5-6 6-6s6 2 6 6"/>'
    '<path d="M15.5 5.3a3 3 0 0 1 0 5.4M17 14c2.5.6 4 2.5 4 5.5"/>',
    "phone": '<path d="M5 3.5h3.5L10.5 9 8 10.5a13 13 0 0 0 5.5 5.5l1.5-2.5 5.5 2V19a2 2 0 0 1-2.2 2A17.5 17.5 0 0 1 3 5.7 2 2 0 0 1 5 3.5z"/>',
    "printer": '<path d="M7 8.5V3.5h10v5M7 17H3.5V8.5h17V17H17"/><path d="M7 13.5h10v7H7z"/>',
    "question": '<circle cx="12" cy="12" r="8.5"/><path d="M9.3 9.5a2.8 2.8 0 1 1 4 2.6c-.9.5-1.3 1-1.3 2M12 16.9v.1"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "shield": '<path d="M12 3c2.5 1.8 5 2.5 7.5 2.5C19.8 12.5 17.5 18 12 21 6.5 18 4.2 12.5 4.5 5.5 7 5.5 9.5 4.8 12 3z"/>'
    '<path d="m8.5 11.8 2.6 2.6 4.4-4.6"/>',
    "sms": '<path d="M3.5 5h17v11.5H11L6.5 20v-3.5h-3z"/><path d="M8 10.8v.1M12 10.8v.1M16 10.8v.1"/>',
    "speaker": '<path d="M4 9.5h3.5L12 5.5v13l-4.5-4H4z"/><path d="M15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>',
    "star": '<path d="m12 3 2.6 5.7 6.2.7-4.6 4.2 1.3 6.1L12 16.6l-5.5 3.1 1.3-6.1L3.2 9.4l6.2-.7z"/>',
    "woman": '<path d="M12 3c-4 0-5.5 3-5.5 6.5S5 15.5 3.5 20.5h17C19 15.5 17.5 13 17.5 9.5S16 3 12 3z"/>'
    '<circle cx="12" cy="9" r="2.8"/><path d="M12 14v6.5"/>',
}
