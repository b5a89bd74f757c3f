"""State tables, read in ten seconds.

`move` is the only writer for our own actions, `services/adopting.py` for remote truth.
"""

from desk.states import Machine
from procurement.choices import OrderState as O
from procurement.choices import PaymentState as P
from procurement.choices import PlannedState as L
from procurement.choices import RequestState as R

REQUEST = Machine(
    "request",
    {
        R.DRAFT: (R.ASKED, R.APPROVED, R.WITHDRAWN),
        R.ASKED: (R.APPROVED, R.SENT_BACK, R.REFUSED, R.WITHDRAWN),
        R.APPROVED: (R.PLACING, R.ASKED),
        R.PLACING: (R.PLACED, R.PARTLY_PLACED, R.ASKED, R.REFUSED, R.WITHDRAWN),
        R.PLACED: (R.CLOSED,),
        R.PARTLY_PLACED: (R.CLOSED, R.PLACING),
        R.SENT_BACK: (R.ASKED, R.WITHDRAWN),
    },
)

PLANNED = Machine(
    "planned",
    {
        L.WAITING: (L.QUEUED, L.DROPPED),
        L.QUEUED: (L.PLACED, L.CHANGED, L.UNCLEAR, L.REFUSED, L.WAITING, L.DROPPED),
        L.UNCLEAR: (L.PLACED, L.REFUSED, L.DROPPED, L.QUEUED),
        L.CHANGED: (L.QUEUED, L.DROPPED),
        L.REFUSED: (L.QUEUED, L.DROPPED),
    },
)

ORDER = Machine(
    "order",
    {
        O.PLACED: (O.CANCELLING,),
        O.CANCELLING: (O.PLACED, O.CANCELLED),
    },
)

PAYMENT = Machine(
    "payment",
    {
        P.ASKED: (P.APPROVED, P.REFUSED, P.FAILED, P.SETTLED),
        P.APPROVED: (P.SENDING, P.ASKED, P.FAILED, P.REFUSED, P.SETTLED),
        P.SENDING: (
            P.ACCEPTED,
            P.SETTLED,
            P.UNKNOWN,
            P.WAITING_OUTSIDE,
            P.APPROVED,
            P.ASKED,
            P.FAILED,
        ),
        P.UNKNOWN: (P.SENDING, P.ACCEPTED, P.SETTLED, P.FAILED, P.WAITING_OUTSIDE, P.ASKED),
        P.ACCEPTED: (P.SETTLED, P.FAILED),
        P.WAITING_OUTSIDE: (P.ACCEPTED, P.SETTLED, P.FAILED, P.UNKNOWN),
        P.FAILED: (P.APPROVED, P.SETTLED),
        P.REFUSED: (P.SETTLED,),
    },
)
