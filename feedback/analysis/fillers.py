"""Words that say how people feel or fill a sentence, and never what it is about; only the list."""

from .words import STOP, stem

_FILLERS = """
able absolutely actual actually ago agree almost alone along already although always amazing among another
answer anybody anymore anyone anything anyway anywhere around ask asked asking away awful back bad bang
based basically beautiful became become begin begun behind believe best better beyond big bit bloody body
bother brilliant bring brother brought call called came carry certainly chance change changed check cheers
clear clearly close come comes coming comment complete completely couldnt council count couple course cousin
cut dad dare daughter day days deal decide decided definitely despite diff difference different difficult
disgrace disgraceful dont double due ease easier easy effect eight either else end ended enough entire
especially etc even eventually ever every everybody everyone everything everywhere exact exactly example
excellent except expect experience extra extremely fact fantastic far fast father feel feeling feels felt
figure final finally find fine finish finished first five follow forever forget forgot former forward found
four frankly free friday friend friends full fun future gave general generally gets glad god gone gonna good
got grateful great guess guy guys half hand hands happen happened happens happy hard hardly hasnt hate
havent hear heard held hello help helped helpful helping hence hes high highly hold honest honestly hope
hopefully horrible hour hours however huge husband idea ideas idiot immediately important including
incredibly indeed information instead issue job keep kept kind knew know known knows lad lads lady large
last late lately later learn learned least leave left let lets likely listen literally little live lived
lives living local lol long longer look looked looking looks lose lost lot lots love loved lovely lucky mad
main major man mate matter maybe mean means meant men mention mid middle might mine minute minutes moment
monday month months morning mostly mother mr mrs ms mum name nan near nearly necessarily need needed needs
neighbour neighbours neither never new news nice nine no nobody none nonsense nor normal nothing notice
numbers obvious obviously offer often oh ok okay old omg one opinion order original otherwise ought part
particular pass past people per perfect perhaps period person personally piece place places plan plus point
points poor possible possibly pretty previous previously probably problem problems proper properly proud
quick quickly quite rang rather read reading ready real realise really reason reasons recent recently
regards remain remember reply result rid right ring run running sad sake sat saturday save saw saying second
see seem seemed seems seen send sense sent serious seriously set seven shame short show shown shut side
simple simply single sister sit six slow small somebody somehow someone something sometimes somewhere son
soon sorry sort spend spent stand start started starts state statement stayed straight stuff stupid suddenly
suggest sunday super support supposed sure surely taken takes taking talk talking team tell telling ten
terrible text thank thanks thing things think thinking thought thousand three throw thursday till tim time
times tiny tired today together told tomorrow tonight took top total totally toward towards tried trouble
true truly trust truth try trying tuesday turn turned twice two type understand understood unfortunate
unfortunately unless update updates upon use used useful useless uses using usual usually various visit wait
waited waiting wake walked want wanted wants watch week weeks went werent whatever whenever whether whoever
whole whose wife win wish within without woke woman women wonder wonderful wont word words work worked
working works worse worst worth wouldnt write writing written wrong wrote yeah year years yep yes yesterday
yet young youve
"""
FILLERS = frozenset(_FILLERS.split()) | STOP
"""As people write them, without apostrophes, in small letters."""
FILLER_STEMS = frozenset(map(stem, FILLERS))
"""As texts are compared by them."""
