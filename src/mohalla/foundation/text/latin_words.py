"""Words of Roman Urdu and English in Latin letters, for telling the two apart; our own lists.

Roman Urdu has no fixed spelling: the commonest spellings are here, others are reached through
`folding.roman_key`. A word in both lists ("to", "main", "hum", "is") tells nothing.
"""

from __future__ import annotations

_ROMAN_WORDS = """
ka ke ki kay k ko se sy say ne nay mein mai mei men me main mn par pe pay py pr tak tk hai
hain he hy hay hen han haan ha h hon hoon hun ho hona hota hoti hote hua hui hue huwa huwi
huway hoga hogi hoge honge tha thi the thay thy thin nahi nahin nai nhi nhe nahe na mat aur
or ya yaa lekin magar mgr laikin agar agr to tou toh tw phir phr fir bhi b bi hi jo jis jin
jab jb jaise jese jaisa jesa jahan jitna jitne kya kia kyun kyon kiun kion kyu kiyun kis kin
kon kaun koun kab kb kahan kahin kaha kaise kese kaisa kesa kitna kitne kitni koi koe kuch
kuchh kch sab sb sabhi sara sare sari saara saray har hr ek aik ik do teen char paanch yeh
ye yah woh wo wohi wahi yahi yehi is us in un isay usay use usy ise isy iss uss inhe unhe
inhen unhen unho unhon inhon isko usko inko unko iska uska iski uski iske uske inka unka
inki unki inke unke mera meri mere mery mra mri hamara hamari hamare humara humari humare
hmara hmari hmare tera teri tere tumhara tumhari tumhare apna apni apne apny ap aap tum tm
tu hum ham hm mujhe mujhy muje mujy mjhe mjhy humein hamein hame humen hamen tumhe tumhein
tujhe khud sath saath sth liye lie liay lye wale wala wali waly walay walon waali kar kr
karo kro karna krna karne krne karni krni karta krta karti krti karte krte karen karein kren
krein karain karke krke kiya kiye kardo krdo kardi kardia kardiya krdiya krdia karwa karwana
raha rha rahi rhi rahe rhe rahay rahy rehta rehti rehte rehna rahna gaya gya gayi gai gyi
gae gaye gye gay jana jao jaye jaey jaen jayein jata jati jate ja jaa jaega jayega jayegi
jayenge jaenge aya aaya ayi aayi aye aaye aey ana aana ao aao ata aata ati aati ate aate aa
ae aega ayega diya dia diye di de dy dena dene deta deti dete den dein dijiye dijye dedo
dedi le lo liya lia li lena lene leta leti lete lein lijiye sakta skta sakti skti sakte skte
sake saka chahiye chaiye chahie chahye chahta chahti chahte chaha bola bolo bolta bolti
bolte bole bolna kehta kehti kehte kahte kahta kehna kahna keh kah dekh dekho dekha dekhi
dekhna dekhte dekhta suno suna sunna sun mil mila mile mili milta milti milte milna baat bat
baatein batein batain batao btao batana bataya btaya bataen dil dill jaan pyar piyar zindagi
zindgi log logon logo loug admi aadmi insan insaan banda bande bandi aurat aurton larka
larke larki larkiyan larkay bacha bache bachi bacche bachon bachay bchy maa baap bhai bahi
bhaiya behan behn bahan beta beti abba abu ammi dost doston yar yaar bibi biwi shohar mian
begum khala chacha mamu nana nani dada dadi ghar gher ghr makan gali mohalla muhalla shehar
sheher shahr gaon mulk dunya duniya watan qaum awam kaam kam kaaro din raat subah shaam sham
aaj aj kal kl abhi abi ab tab tb pehle pehlay pahle pehly baad bad waqt wqt saal sal maah
mahina hafta kabhi kabi hamesha acha achha acchha achi ache achay acchi bura buri bure bohat
bohot bahut bht boht buhat bhot zyada ziada zyda ziyada thora thori thore sirf srf bas bus
itna itne itni utna bilkul bilkl zaroor zarur shayad shukria shukriya meherbani mehrbani
salam salaam assalam alaikum walaikum inshallah mashallah alhamdulillah allah khuda rab rabb
duain dua nabi islam musalman muslman mazhab deen quran namaz masjid sahib sahab saab janab
ji jee sach sachi jhoot jhut jhota jhoota galat ghalat sahi sahih theek thik tek thek paisa
paise paisay rupay rupaye rupee roti pani khana khane khaya peena chai gari garri bijli
batti andhera roshni sarak rasta raasta chor chori choron daku dakaiti qatal katal mara mari
mare marna maar mar larai jhagra dhamki izzat haq haqooq insaf zulm zalim madad police thana
thanay thanedar wardi rishwat sarkar hukumat hakumat wazir azam siyasat sadar adalat qanoon
kanoon jail giraftar mujrim nazar khabar kahani naam nam shakal ankh ankhon aankh aankhon
haath hath sar pair muh mooh chehra kutta kutte kuttay kuta kutti kamina kameena harami
haramzada ullu gadha bakwas bakwaas ghatiya beghairat baghairat begairat ghairat sharam
sharm besharam lanat laanat lanti tatti randi kanjar kanjari gashti bhains bhosdike bhosdk
bhenchod madarchod chutiya chutia chutiye gand gandu lund lora chod dalla bharwa bharwe
saala sala saale sale saaly salay jahil jahal pagal bewakoof bewaqoof jeet jeeta haar hara
khel khela khiladi match tamasha drama film gana gane gaana awaz awaaz khush khushi gham
dukh ghussa gussa pasand napasand mohabbat muhabbat ishq nafrat yaqeen yakeen umeed wajah
waja tarah trah tarha tarike tareeqa tariqa taraf trf dusra doosra dusri dusre doosre dosre
dosra pehla pehli bara bari bare baray chota chhota choti chote naya nayi naye purana purani
khoobsurat khubsurat samajh smjh samjh samjho samajhna socho soch sochna sochta pata pta
maloom malum yaad yad bhool bhul chal chalo chala chali chale chalta chalti chalna uth utha
uthao baith baitha beth ruk ruko rok roko chhor choro chhoro chordo bhag bhaag bhaga pakar
pakra pakro pakad bhej bhejo bheja bhejna likh likha likho parh parha parho parhna padh
khareed khreed bech becho becha band khul khula khulwa khulna lag laga lagi lage lagta lagti
lagte lgta lgti lagna lagao rakh rakha rakho rakhna rakhte rakhta ban bana banao banaya
banaye bani banta banti banana banane warna wrna balke balkay balkeh kyunke kyunki kyonki
kiunke isliye islye isliay jabke takay taake taky chunke halanke yani yaani matlab mtlb
waise wese waisa wesa aise ese aisa aisi asa aisay idhar udhar yahan yaha wahan waha kidhar
jidhar andar bahar baahar upar uper neeche niche nichay agay aage age peeche peechay piche
samne samnay qareeb kareeb dur door nazdeek pass paas pas halat haalat masla masle maslay
mushkil mushkal asan asaan pareshan pareshani khatra khatarnak khauf dar darr darta darti
bemar beemar bimari hospital doctor dawai ilaj zakhmi khoon goli pistol banduq mehngai garib
gareeb ameer karobar naukri nokri tankhwa taleem parhai ustad imtihan hindustan hindustani
bharat bharti pakistani kashmir musalmano kafir qadiani molvi maulvi mulla wasta rishta
shadi shaadi talaq talak nikah dulha dulhan umar umr zinda murda maut mout mot janaza bandh
pao paon chahe chaho kisi ksi kisne kisko jisko jiska jiski jiske jisne jinka jinko sabko
sabse sabka sbko hmne hamne humne maine mene mainay tumne apko aapko apka aapka apki aapki
apke aapke mujhse tumse aapse apse usse isse unse inse hamse humse kise wahin yahin hogaya
hogya hogayi hogai hogye hogaye krdete dedete karlo krlo kerna ker kerte kerta kero q qk
kyoke nhn nh hu hn htt rkh lgy jae bny bna wajood hifazat mehfooz intezar intizar ijazat
shikayat darkhwast faisla sawal jawab zimmedar zimmedari khilaf sazish ghaddar gaddar
badmash badtameez tameez tang bezti beizzati izat izzatdar dya kiyaa lya mjh mje zra zara
jaldi jldi der dair rozana roz aadat bazar dukan dukaan dukandar udhaar qabza zameen jaidad
larkon bachiyan auraton mard mardon khawateen pakhtoon pathan punjabi sindhi balochi siasat
sindh jamat mubarak mubarik beshak zabardast zbrdst subhanallah astaghfirullah ameen amin
jazakallah yahoodi yahodi yahudi ahmedi ahmadiya qadiyani hijra khusra hijre fauj foj afwaj
jawan shaheed shahid jang dushman akhrot choor khor haramkhor munafiq gustakh gustakhi kufr
sunni shia wahabi deobandi barelvi abbu bhaijan bhabhi aapa baji api jan wah waah kamal
lajawab mazay maza mazaa qalam qasam kasam khair khairiat hosla himmat sabar shukar shukr
ikhtiar qismat naseeb taqdeer
"""
ROMAN = frozenset(_ROMAN_WORDS.split())

_ENGLISH_WORDS = """
the a an and or but if of in on at to from by for with without about into over under after
before between is are was were be been being am i me my mine we us our ours you your yours
he him his she her hers it its they them their theirs this that these those who whom whose
which what when where why how all any both each few more most other some such no nor not
only own same so than too very can could will would shall should may might must do does did
doing done have has had having get got gets getting go goes going gone went come comes came
coming make makes made making take takes took taken give gives gave given see sees saw seen
know knows knew known think thought say says said tell told ask asked use used find found
want wants wanted need needs needed feel felt try tried leave left call called keep kept let
put seem show shown turn start stop play run move live believe hold bring happen happened
write sit stand lose pay meet include continue set learn change lead understand watch follow
create speak read allow add spend grow open walk win offer remember love consider appear buy
wait serve die send expect build stay fall cut reach kill remain suggest raise pass sell
require report decide pull there here then now just also even still back up down out off
again once ever never always often soon today tomorrow yesterday tonight morning evening
night day days week weeks month months year years time times hour hours minute minutes ago
later early late last next first second third one two three four five six seven eight nine
ten hundred thousand million new old good bad great little big small long short high low
young large right wrong different important public able best better worst sure free real
full easy hard happy sad sorry nice fine man men woman women child children boy boys girl
girls people person family friend friends mother father brother sister son daughter wife
husband mum dad mom baby guy guys home house room door street road city town country world
place water food money work job school class student teacher phone number message text txt
mobile calls name life heart hand head face eye eyes way thing things part problem problems
question fact case point group company system program government law police court news story
book game team side service because while until although though however since through during
against among within across behind near please thanks thank hello hi hey ok okay yes yeah
yep nope well oh lol haha wow dear sir madam ur u r im ive dont didnt cant wont isnt wasnt
thats lets ill id youre hes shes theyre n wat dat da wan wif den like really much many lot
every everyone everything something nothing anyone someone anything else maybe actually
already yet around away together talk talking look looking looks waiting help hope wish
enjoy miss pick sleep dinner lunch eat drink bus car train drive shop cost price cash prize
claim won winner reply urgent contact customer mins min pounds guaranteed awarded chat date
per cent according state states president minister party united international national
percent members member meeting light lights broken dark area stolen theft stole bag wallet
bike robbed threatened attacked hit injured accident fight noise neighbor neighbour dog
missing station officer refused register bribe torture beaten custody arrested innocent
fraud account bank transfer online fake photo photos picture pictures video facebook
whatsapp blackmail harassment harassing complaint end bit bed god yup sent wanna gonna gotta
sms msg plan plans stuff care thk thinking ready finish finished watching movie luv xmas
txts nokia camera using based top latest app internet market invest crypto bitcoin token
coin season players match score league cup club player coach goal games
"""
ENGLISH = frozenset(_ENGLISH_WORDS.split())

_ROMAN_ENDINGS = """
aa ay ey ein ain oon aan on iya iye aya aye ao ai ye kh gh bh dh jh nay ni na ta ti ka ki ri
ra li la da di q i a u
"""
ROMAN_ENDINGS = tuple(_ROMAN_ENDINGS.split())

_ENGLISH_ENDINGS = """
ing tion sion ed ly ment ness able ible ous ful less ive ity ant ent ence ance ight ough ck
th sh ies ers er est ss ct pt nd st n't 's 're 'll 've 'm 'd ic al age ism ist ry ts ds ns
es
"""
ENGLISH_ENDINGS = tuple(_ENGLISH_ENDINGS.split())
