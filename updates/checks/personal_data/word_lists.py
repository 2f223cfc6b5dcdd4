"""Lists of words that tell names and plates from what only looks like them; data, and how it is read."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Common in Britain and hardly ever another word. Left out on purpose: what begins sentences or names things
# ("Will", "Mark", "May", "Grace", "Heather"). From the languages residents speak: whose name is missing is
# protected less.
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
    Aamir Aarav Abdi Abdirahman Abdullahi Abeba Abida Achilleas Adaeze Adebayo Adelina Adeola Adriana Adunni
    Afolabi Agata Agnes Ahmet Aileen Ailsa Aisling Ajay Akash Akiko Akinola Akua Alasdair Aled Alejandra
    Aleksander Alessandro Alessia Alexandru Alexei Algirdas Alicja Alina Alma Alun Alwyn Amaka Amal Amandeep
    Amara Amardeep Ananya Anastasia Andriy Aneta Angharad Anh Anjali Ankit Annette Annie Antonio Anwen Aoife
    Aonghas Arash Arjun Arun Arwel Asad Ashok Avtar Ayaan Ayodele Ayse Babajide Bahram Baljit Balwinder
    Barnaby Bartosz Bassam Beatriz Begoña Behnaz Bernadette Beryl Betty Bhavna Billy Binh Bobby Bogdan
    Bogdana Boguslaw Bohdan Bolanle Boris Bozena Branwen Brendan Brett Bridget Brigid Bruce Bruno Burak
    Caoimhe Carwyn Catalin Cathal Catrin Cecil Cecilia Cedric Cem Chiamaka Chiara Chidinma Chinonso Chukwudi
    Chun Ciaran Ciprian Clara Claudia Claudiu Clive Clodagh Conor Constantin Consuelo Cormac Cosmin Costel
    Cristian Cynthia Czeslaw Dafina Dalia Daljit Damian Damilola Daniela Danuta Daphne Darius Darrell Daryna
    Davide Dawit Declan Delyth Deniz Dermot Derrick Desmond Dewi Diego Dilip Dilys Dimitar Dimitris Dmytro
    Doina Dominic Donal Doreen Dorin Doris Dorothea Dragos Duarte Dumitru Eamon Ebele Edith Edmund Edna
    Eduardo Efua Egle Eilidh Eirlys Eirwen Eleni Elif Elin Elsie Elwyn Emeka Emil Emre Emrys Enid Enrique
    Enzo Eoin Ernest Errol Esi Esteban Eugene Eunice Eurwen Ewelina Faduma Fadumo Faisal Farhan Farid Farida
    Farzaneh Fatma Fawzi Federica Felipe Felix Fereshteh Fergal Fergus Fernanda Fernando Feroz Ffion Filip
    Filipa Finbar Finlay Fionnuala Florentina Folake Francesca Francisco Frederick Gabriel Gabriela Galina
    Gaynor Geeta Georgi Georgiana Geraint Geraldine Gheorghe Ghulam Gianni Gintaras Giorgia Giovanni Giulia
    Giuseppe Gladys Glenda Glenys Golnaz Goncalo Gonzalo Goronwy Gosia Grazyna Gregor Gruffydd Gráinne
    Guadalupe Guilherme Gulshan Gurdeep Gurmeet Gwenda Gwendoline Gwilym Gwyn Haile Hakan Halina Halyna
    Hamish Hanna Harbhajan Harjinder Harold Haruka Hatice Heddwyn Helena Herbert Hilary Hilda Hina Hiroshi
    Hodan Horace Hristo Hua Huda Huong Huw Hüseyin Iain Idil Idris Ieuan Ifan Ifor Ifrah Ignacio Igor Ihor
    Ikenna Ileana Illtyd Imogen Ines Ingrid Iolo Ionel Ionut Iqra Irina Iryna Ishaan Islwyn Ismahan Iulia
    Ivan Ivanka Ivor Iwan Jadwiga Jakub Jamal Janusz Jaroslaw Jasmeet Jasmine Jaspreet Javed Javier Jayesh
    Jemima Jerzy Ji-woo Jill Jimmy Joana Joao Jocelyn Jodie Jolanta Jorge Jose Josefina Josie José João Judy
    Jurgita Justin Justyna Kalina Kalpana Kamil Kamran Karima Karol Karolina Karthik Kateryna Kaveh Keeley
    Kehinde Kemal Kenji Kestutis Khadra Khaled Khalid Kinga Kiran Kojo Konrad Kostas Krasimir Krystyna
    Kuldeep Kwabena Kwaku Kwesi Kyoko Lachlan Lalita Larisa Larysa Laurentiu Layla Leonor Lerato Leroy Lesia
    Lester Leyla Liban Linh Lionel Liviu Llinos Llywelyn Lorenzo Lorna Lowri Luca Lucia Lucian Lucía Ludmila
    Luigi Luisa Lukasz Luminita Lynda Lyubomir Lyudmila Mabel Madalina Maeve Mafalda Mahad Mair Mairead
    Maksym Malachy Mandeep Mandla Manoj Manuela Marcia Marco Marcos Marcus Margarida Marged Mari Mariam
    Marin Marius Mariusz Mariya Marjorie Marlene Marlon Marta Marwan Mateusz Matteo Mavis Małgorzata
    Mebrahtu Meera Mehdi Meinir Meleri Menna Merfyn Mhairi Michał Mihaela Mildred Millie Minh Mircea Miriam
    Miroslaw Mirosław Mohan Molly Monica Montserrat Morven Mukesh Murat Muriel Mykola Mário Nabil Nadim
    Nadiya Nancy Nasra Nasreen Nasrin Natalia Nataliya Navdeep Navjot Neha Nellie Nerys Nettie Ngoc Nia
    Niamh Nicolae Nicoleta Nikolai Nikos Nisha Nitin Nkechi Nnamdi Noreen Nour Nuno Obinna Octavian Oksana
    Olamide Olayinka Oleg Oleh Oleksandr Oleksii Olufemi Olusegun Oluwadamilola Olwen Orhan Orla Oscar Osian
    Ovidiu Oyinkansola Pablo Padraig Panagiotis Paola Parisa Parminder Parveen Patryk Patsy Paulina Paulo
    Pavlo Paweł Pedro Peggy Penelope Petru Phuong Pietro Pilar Plamen Prakash Pritpal Przemyslaw Quang
    Quentin Radoslaw Radu Rafael Rakesh Ramesh Ramon Ramona Ranjit Raquel Rasa Rasha Rashid Razia Razvan
    Reena Reginald Renata Reza Rhiannon Rhodri Rhona Rhydian Ricardo Rizwan Rocio Rodney Rodrigo Rohan Rohit
    Rosalind Rosie Roxana Ruairi Rubina Rui Rukhsana Rumen Rupert Ruta Ryszard Róisín Sajid Salvatore Sameer
    Samir Sandeep Sangeeta Saoirse Satnam Seamus Selam Selin Selina Sergei Sergio Serhii Shafiq Shahid
    Shakil Shazia Sheryl Shilpa Shirin Sibusiso Sidney Silvia Silviu Simisola Simona Sinéad Siobhán Sioned
    Sipho Siân Sofiia Soraya Sorcha Sorin Stanislaw Stanisław Stavros Stefania Stoyan Sukhdev Sukhwinder
    Sumaira Sunil Suresh Surinder Susana Susannah Sylwia Szymon Tabitha Tadhg Tahira Taiwo Takashi Taras
    Tarek Tasneem Tatiana Tegan Tegwen Tendai Tesfaye Tetiana Thandiwe Thanh Thao Thelma Themba Theodore
    Thuy Tiago Toby Todor Trang Trudy Tsvetan Tuan Tudur Tunde Ubah Uche Urszula Uzma Valentin Valentina
    Valentyna Vasile Vasiliki Vasyl Veronica Vesela Vikas Viktor Viktoriya Vinod Violeta Viorel Vitor
    Vladimir Volodymyr Vytautas Walid Wanda Wanjiru Warsame Weronika Wieslaw Wiktoria Winifred Witold
    Wojciech Xiao Xiu Yannis Yara Yaroslav Yasir Yaw Yelena Yetunde Yilmaz Ying Yolanda Yonas Yordan Yuki
    Yulia Yuriy Zanele Zbigniew Zdravko Zdzislaw Zeeshan Zeynep Ziad Zubair Zuzanna Álvaro Łukasz
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
# Of those, what people are called too: after "my neighbour" or "my name is" it is a surname.
ALSO_SURNAMES = _words(
    "Bank Bridge Church Common Day Field Fields Gate Green Grove Hall Hill House Lane Meadow Meadows"
    " Mill Park Rowe Street Tower Walk Way Wharf Wood Woods Yard"
)
# What begins or ends a pair with a hyphen that is nobody's: "Anti-Social", "Park-And-Ride", "Mercedes-Benz".
NOT_IN_PAIRS = _words(
    """
    After Afro Aged And Anglo Anti Benz Bin Book Built By Class Coca Cola Cross Davidson Day Double Down
    Drop Easy Eco End Euro Ever Extra First Five Follow Four Free Friendly Full Fully Funded Half Harley
    Hard High Hit Home Hot House In Inner Inter Last Lead Led Level Line Lock Long Low Made Mercedes Mid Mini
    Mile Minute Multi Near Nine Non Off On Once One Only Open Out Outer Over Park Part Past Pay Play Plus Post
    Pre Pro Quarter Re Red Rent Ride Road Rolls Royce Run Running School Second Self Semi Seven Short Side
    Single Six Small Social Soft Speed Start Step Sub Super Ten The Third Three Tidy Time To Top Town Triple
    Twenty Two Un Under Up Upon Via Walk War Way Week Weekly Well White Wide Wild Worth Year Yellow Young Zero
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
# What a name that is somebody's does, and a street's or a firm's hardly ever.
DEEDS = _words(
    """
    said says told tells thinks knows knew wants wanted lives lived died fell slipped broke lost
    found saw heard rang phoned called wrote writes objected complained agreed started signed drew
    drives drove walks walked runs chairs coaches teaches taught plays played works worked sells
    keeps looks brings brought took takes helped helps saved repaired mended translated counted
    offered asked answered promised swore shouted laughed cried cannot can't can’t couldn't couldn’t
    who
    """
)
# What makes a body or a day of capitals: "Thames Water", "Environmental Health", "Boxing Day".
BODIES = _words(
    """
    Action Advice Age Airport Arms Army Authority Bank Banks Board Boxing British Buses Business
    Cafe Café Care Carers Charity Citizens City Club Coaches Comms Community Company Concern
    Construction Control Corn Council County Crown Customer Day Department Digital East Easter
    Electric Electoral Electricity Energy Enforcement England Environment Environmental Estates
    European Eve Fire Food Freedom Friends Gas Good Great Green Group Health Help Heritage High
    Highways Home Homes Housing Information Internet Labour Lettings Lib Liberal Library Licensing
    Local Market Media Mental National Network New NHS Noise North Office Officer Officers Old
    Olympic Online Open Parish Parking Party Pensions Planning Police Post Power Primary Property
    Public Quay Rail Railway Red Refuse Registry Reform Remembrance Residents Rights Roads Royal
    Safety School Schools Scouts Security Service Services Social Society South Sport Sports
    Standards State Support Supermarket Surgery Tax Team Tenants Thames Town Trading Traffic
    Transport Trust UK Union United University Urban Village Warm Waste Water Weir West Winter Works
    Youth Zone
    """
)
