"""What catalog does for its own pages and for procurement: find, read, check, name."""

from catalog.services.checking import Problem, check_quantity, quantity_from_text
from catalog.services.failures import Failure, FailureKind, why_sentence
from catalog.services.keeping import hits_from_json, hits_to_json, offer_from_json, offer_to_json
from catalog.services.naming import name_item, names_of
from catalog.services.offers import OfferView, get_offer, known_offers
from catalog.services.searching import SearchResult, search
from catalog.services.tidying import tidy_snapshots
from catalog.services.words import Meant, what_is_meant

__all__ = [
    "Failure",
    "FailureKind",
    "Meant",
    "OfferView",
    "Problem",
    "SearchResult",
    "check_quantity",
    "get_offer",
    "hits_from_json",
    "hits_to_json",
    "known_offers",
    "name_item",
    "names_of",
    "offer_from_json",
    "offer_to_json",
    "quantity_from_text",
    "search",
    "tidy_snapshots",
    "what_is_meant",
    "why_sentence",
]
