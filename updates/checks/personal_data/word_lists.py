"""Lists of words that tell names and plates from what only looks like them; data, and how it is read."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Common in Britain and hardly ever another word. Left out on purpose: what begins sentences or names things
# ("Will", "Mark", "May", "Grace", "Heather").
GIVEN_NAMES = _words(
    """
    Aaron Abdul Abdullah Abigail Adam Adeel Aditi
    Adrian Agnieszka Ahmad Ahmed Aisha Alan Albert Alejandro Aleksandra Alex Alexander Alexandra
    Alfie Ali Alice Alicia Alison Amanda Amelia Amina Amir Amira Amit Amy Andrea Andrei Andrew
    Andrzej Angela Angus Anil Anita Ann Anna Anne Anthony Anwar Archie Arthur Asha Asif Ayesha
    Babatunde Barbara Barry Beata Ben Benjamin Bernard Beth Bethany Bethan Bilal Brenda Brian
    Bronwen Callum Carlos Carol Caroline Carys Catherine Cerys Charles Charlie Charlotte Chidi
    Chinedu Chloe Chris Christine Christopher Ciara Claire Clare Colin Connor Craig Cristina Daniel
    Dafydd Darren Dave David Dawid Deborah Debbie Deepak Deirdre Delroy Denise Dennis Derek Diana
    Diane Dmitri Donald Donna Dorothy Dorota Duncan Dylan Eddie Edward Edwin Eileen Elaine Elena
    Eleanor Elizabeth Ella Ellen Ellie Emily Emma Emmanuel Eric Erin Esther Ethan Eva Evelyn Ewa
    Ewan Farah Fatima Femi Fiona Florin Frances Francis Fraser Fred Freddie Freya Funmi Gareth Gary
    Gavin Gemma Geoff Geoffrey George Georgina Gerald Gillian Giorgos Glen Gordon Graham Grzegorz
    Gurpreet Gwen Gwyneth Habiba Hamza Hannah Hari Harjit Harpreet Harriet Harry Hassan Helen Henry
    Howard Hugh Humza Hussain Hussein Ian Ibrahim Ifeoma Imran Ioana Irene Irena Isaac Isabel
    Isabella Ismail Iwona Jack Jacek Jackie Jacob Jacqueline Jagdeep Jake James Jamie Jan Jane Janet
    Janice Jason Jaswinder Jayne Jeffrey Jennifer Jenny Jeremy Jessica Joan Joanna Joanne Joe Joel
    John Jonathan Josef Joseph Josephine Josh Joshua Joyce Juan Judith Julia Julian Julie June Kamal
    Karen Karim Karl Kasia Katarzyna Kate Katherine Kathleen Kathryn Katie Kavita Keith Kelly
    Kenneth Kevin Khadija Kieran Kirsty Krzysztof Kwame Kyle Laila Lakshmi Laura Lauren Leah Leanne
    Leo Leon Lesley Leslie Lewis Liam Linda Lisa Liz Logan Lorraine Louis Louise Lucy Luis Luke
    Lydia Lynn Lynne Maciej Madeleine Magda Magdalena Mahmood Malcolm Malgorzata Mandy Manjit Manuel
    Marcin Marek Margaret Maria Maryam Marian Marie Marilyn Marion Martha Mary Matthew Maureen Megan
    Mehmet Melanie Melissa Mia Michael Michal Michelle Miguel Mihai Mike Mohamed Mohammad Mohammed
    Moira Monika Morag Muhammad Mustafa Myra Nadia Naomi Natalie Natasha Nathan Naveed Neil Ngozi
    Niall Nicholas Nick Nicola Nicole Nigel Nikhil Nimra Noah Norma Norman Nuala Olena Olga Oliver
    Olivia Oluwaseun Omar Osman Owen Paige Pamela Patricia Patrick Paul Paula Pauline Pawel Peter
    Philip Philippa Phoebe Phyllis Piotr Pooja Pradeep Priya Rachel Rafal Rahul Raj Rajesh Ralph
    Ravi Raymond Rebecca Reece Rehana Rhian Rhys Richard Rita Robert Roberta Roger Roisin Ronald
    Rory Roy Roya Russell Ruth Ryan Sadia Safia Saima Sally Salma Sam Samantha Samira Samuel Sandra
    Sanjay Sara Sarah Sean Sebastian Shabana Shannon Sharon Shaun Sheila Shirley Sian Siobhan Simon
    Sinead Slawomir Sofia Sophia Sophie Stacey Stanley Stefan Stella Stephanie Stephen Steve Steven
    Stuart Sunita Susan Susanne Suzanne Svetlana Sylvia Tahir Tamara Tanya Tara Tariq Temitope
    Teresa Terry Theo Theresa Thomas Tim Timothy Tina Tom Tomasz Tony Tracey Tracy Trevor Usha Usman
    Valerie Vanessa Vera Victor Vijay Vikram Vincent Vivien Waleed Walter Waqas Wayne Wendy Wei
    William Xin Yasmin Yasmeen Youssef Yusuf Yvonne Zahra Zainab Zara Zoe Zofia
    """
)
TITLES = _words("Mr Mrs Ms Miss Mx Dr Prof Professor Rev Revd Reverend Sir Dame Lord Lady Baroness")
# These name streets, houses and offices as often as people: a given name has to follow.
VAGUE_TITLES = _words("Sir Dame Lord Lady Baroness")
# Whoever bears one speaks for an office, or is not among us: what is said of them is public.
OFFICES = _words(
    """
    Cllr Cllrs Councillor Councillors Mayor Mayoress Alderman Minister Bishop King Queen Prince Princess
    Saint St Pope
    """
)
NOT_SURNAMES = _words(
    """
    January February March April May June July August September October November December Jan Feb Mar Apr
    Jun Jul Aug Sep Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Council I
    """
)
# What ends in one is a place, a body or a thing named after somebody.
PLACES = _words(
    """
    Academy Almshouses Arcade Arch Arms Arts Avenue Bank Bridge Building Buildings Cathedral
    Cemetery Centre Chambers Chapel Church Clinic Close College Common Cottage Cottages Court
    Crescent Day Dock Drive Embankment Estate Farm Field Fields Garden Gardens Gate Green Grove Hall
    Harbour Heights Hill Hospital Hotel House Inn Island Junction Lane Library Line Lodge Market
    Meadow Meadows Mews Mill Monument Museum Nursery Park Passage Path Pavilion Pier Place
    Playground Point Pool Primary Quay Reservoir Rise Road Room Rooms Row School Square Stadium
    Station Statue Steps Street Surgery Terrace Theatre Tower Trail Underpass Viaduct View Villas
    Walk Ward Way Wharf Wood Woods Yard Ambulance Award Cup Foundation Institute Medal Trust Ltd
    Limited PLC Plc
    """
)
# Three letters that stand beside a road's, a bus's or a house's number in capitals.
THREE_LETTERS = _words(
    """
    ALL AND ANY ARE BAN BAR BAY BED BIG BOX BUS BUT BUY CAN CAR CUT DAY DUE END FAR FEW FOR GAP GAS
    GET HAD HAS HER HOT ITS JAM LAW LED LET LOT LOW MAP MAR MAY MEN MET NEW NOR NOT NOW OFF OLD ONE
    OUR OUT PAY PER POT PUT RAN RED REF RUN SAT SAW SAY SEA SEE SET SHE SUN TAX TEN THE TOO TOP TWO
    USE VAN WAS WAY WET WHO WHY WON YES YET YOU APR AUG DEC FEB JAN JUL JUN MON NOV OCT SEP THU TUE
    WED ACT APP ART BSL CAP COP DOC FAX FAY FLY HGV LEA LEZ NHS PCN PDF REG ROW SEN TEL TRO ULE VAT
    """
)
# Who people speak of without meaning an office; a name that follows is a private person's.
RELATIONS = _words(
    """
    neighbour neighbor landlord landlady tenant lodger son daughter husband wife partner mum mam mother dad
    father brother sister uncle aunt auntie cousin friend mate boss carer nan nana gran granny grandad
    grandfather grandmother grandson granddaughter nephew niece boyfriend girlfriend ex child kid baby boy
    girl lad lass man woman lady gentleman bloke guy person pensioner teenager driver caretaker warden teacher
    cleaner builder plumber foreman officer manager stepson stepdaughter sister-in-law brother-in-law
    mother-in-law father-in-law
    """
)
# Capitalised after "I am", "my neighbour" or a greeting, and nobody's name.
NOT_NAMES = _words(
    """
    A An The I And But Or Not No Yes So Still Very Always Also Never Just All NOT AND BUT ALL In At On Of For
    British English Scottish Welsh Irish Polish Asian Black White Muslim Christian Hindu Sikh Jewish Deaf
    Disabled Blind Disgusting Angry Tired Concerned Anonymous Friends Resident Residents Tenants Neighbours
    Council Association Group Campaign Club Society Team Committee Church Environmental Health Mum Mam Dad Nan
    Our Year Next Upstairs Downstairs Bell
    """
)
