/** The project's own list for offered passphrases: 1,024 short Japanese words in Latin letters, so that any keyboard types them. */
const list = `
abukuma abura ageha ahiru aichi aikido airon aizome aji ajisai aka akagi akari akarui akatombo akebi akeru aki akita amagasa amai amami
amanatto amazake ame amenbo ami andon ane ani anko anmitsu anzu aomori arau ari arigatou aruku asa asagao asahi asama asari asayake
ashika ashinoko ashiyu atatakai awabi ayame ayu azarashi azuki baiorin baketsu ban banana bandai bane bara baree basu basuke bata batta
bijutsu biwa biwako bonodori boshi botan budo bunchou bunka buranko buri byobu chahan chawan chiba chichi chidori chikugo chikyu chimaki
chiru chizu cho chochin chokai chooku daidai daifuku daijoubu daikon daiku daisetsu daizu dango daruma dashi denchi dengaku denkyu
densha denwa dohyou dojo dokudami donguri doraiya dorayaki dosei dou doujou ebi edamame egao ehime eigakan eki ekiden ema engawa enoki
enpitsu ensoku erimaki ferii fooku fude fue fugu fuji fujisan fuki fukui fukuoka fukurou fumikiri funa fune furikake furo furofuki furui
fusen fusuma futoi futon fuyu gacho gaka gakko gakusei ganbaru ganjitsu garasu gekijou genkan genki genmai geta gifu gin ginkou gitaa
gobo gofukuya gohan goma goto gunma gyoza hachi hagaki hagi haguruma haha haiiro haiku haiyuu hakama hako hakobera hakobu hakucho
hakusai hakusan hama hamachi hamaguri hamanako hanabi hanabira hanami hanasu hanaya hanbagu hangetsu hanmokku hanmyou hansen hanshi
haori haru harumaki haruna hasami hashi hashigo hashira hashiru hasu hata hatahata hatake hato hatoba hayai hayashi hebi hibachi hibari
hidari higasa higashi hiiragi hijiki hijikini hikage hikari hikaru hikoki hikoushi hikui himawari himo hinata hinoki hirame hiroba hiroi
hirou hiru hishaku hisui hitode hitsuji hiyoko hocho hodoku hojicha hokkaido hokou hokuto hon honya hoozuki horenso hoshi hosoi hosu
hotaru hotate houki hyaku hyo ibaraki ichi ichiba ichigo ichijiku icho ido igo ika ikari ikaru ike iki imori imouto imoyokan inago ingen
inko inu irori iruka ishi ishikawa iso issun isu itachi itadaki itamae ito itoko iwa iwaki iwana iwashi iwate izumi jagaimo jamu
jinchoge jinja jishaku jitensha jizo jogi judo juu kaba kabe kabocha kabosu kabu kabuto kado kaede kaeru kagaku kagami kagawa kagayaku
kage kagerou kagi kago kaguya kai kaidan kaido kajiya kakejiku kakesu kaki kakko kaku kamado kamakiri kamakura kame kamera kami kamikiri
kamo kamome kanabun kanaria kane kangaru kani kanna kanten kanzashi karaage karai karasu karate kare karei karui karuta kasa kasei
kashiwa kashu kasumi kasuri kasutera katsuo kawa kawara kawasemi kawauso kaze kazoku keeki kenchin kendama kendo keyaki kibitaki kibou
kiiro kiji kiku kikyo kikyu kimono kin kinako kinchaku kinkan kinpira kinsei kintaro kintsuba kinu kirei kiri kirin kiru kiseki kisha
kiso kissaten kisu kita kitakami kitsune kitte kizuna koara koban kobushi kocha kochi kogera kohaku kohi koi koishi kokuban kokugo koma
komainu kombu komeya komorebi kon konban konnichi konpeito koorogi korogaru korokke kosumosu kotatsu koto kouen kugi kujaku kujira
kukkii kuma kumamoto kumo kurage kurai kuri kuro kuruma kurumi kushi kusunoki kusuriya kutsu kuwagata kuzu kyabetsu kyanpu kyatatsu
kyoto kyu kyudo kyujou kyuri kyusu mado mae mago maguro maitake makura mamemaki man manaita maneki mangetsu manju mannaka manryou
mansaku manzai marason maru marui masu matcha matchi matsu matsuri mawaru megane mejiro meron michi midori mie mieru migi mijikai mikan
mikazuki mikoshi mimizu mimizuku minami minato minoru mirai miru miruku misaki mise miso miyazaki mizuna mizuumi mochi mogami mogura
mokuren mokusei momen momiji momo momoiro momotaro mon monaka monshiro mori motsu mozu mozuku mugicha mukashi murasaki musubu myoga nabe
nagai nagano nagasaki nageru naifu naka nakama namako namazu nameko nami nana nando nanten nara narabu narau nashi nasu natsu natto nawa
nawatobi nazuna negi neji neko nendo nengajo neru nezumi nigai nigiyaka niigata niji nikki niku nikujaga ninjin ninniku nishi nishiki
nishin niwa niwashi niwatori noboru nodoka nofu nohara nokogiri nomu noren nori noto numa nuno obi obon ocha oden odori odoru ogawa
ohagi ohajiki ohayou oishii oita oka okaeri okayama okayu oke oki okinawa okiru okonomi oku okuru omamori omikuji omisoka omoi omuraisu
ongaku onigiri oniyanma onsen ookami ori origami oriru orishi oru oruri oshidori oshieru osoi otedama otogi otouto oumu owan oyasumi
oyogu pagoda pan panda panya penchi pengin piano piman purin ragubii raicho raion rajio rakko rakuda rakugan rakugo ramen ramune ran
ranpu rebun reizouko rekishi renga renge rengyo renkon rezou rikujou rindo ringo ringoame rishiri risu roba roka rokketto roku rousoku
ryokan ryorinin ryoshi ryusei saba sado sadou saga sagasu sagi sai saifu saitama saji sakana sakanaya sakaya sake sakka sakkaa saku
sakura samui san sanbashi sango sankaku sanma sanshou sansu sara saru sasa sashimi sato satoimo satsuki sawayaka sazae sazanami sazanka
sekirei sekken semai semi sen senbei sencho senpuki senro senryou senryu sensei sensu sentou seri seseragi seseri setsubun shamisen
shashou shichu shiga shigi shiitake shijimi shijin shika shikaku shikakui shima shimane shimanto shimauma shimeji shimeru shinano shingo
shinju shio shiokara shiro shiso shita shizuka shizuoka shobu shodo shoga shogi shoji shokudo shoppai shoyu shukuba shumai shungiku soba
sobo soda sofu some somen sora soto soujiki subaru sudachi sudare sugi sugoroku suidou suiei suika suimono suiren suisei suisen suishou
sukeeto sukii sukiyaki sumi sumikko sumire sumo sumomo suna sunaba suppai sushi susuki sutoobu suwaru suzu suzume suzuran suzuri
suzushii taberu tabi tadaima tagame tai taiiku taiko taiyaki taiyo taka takai take takenoko takeuma taki takkyu tako takoyaki takuan
tamago tamanegi tana tanabata tango tani tanka tanoshii tanpopo tansu tanuki tanzaku taoru tara tarai tasogare tatami tatamiya tatamu
tate tateyama tatsu tazawa tebukuro techo tegami temari tempura tenisu tenryu tento tentou tenugui tera terebi tetsu tetsubo tobi tobiuo
tobu tochigi todai todoku tofu tofuya toge tokage tokei tokeiya tokkuri tomato tonari tonbo tone tonjiru tonkatsu tonneru tora torakku
torii toro toshokan tottori toukou towada toyama tsubaki tsubame tsugumi tsuitate tsuki tsukimi tsukuba tsukue tsukuru tsukushi tsumetai
tsumugi tsurara tsuri tsuru tsushima tsuta tsutsuji tsuyoi uchiwa uchu udo udon uguisu ukeru uma ume umeboshi umi umineko unagi undoukai
uneri uni untenshu urashima ureshii usagi ushi ushiro uta uwagi wajima wakaba wakai wakame wakayama wani warabi warau wasabi washi
wataame yagi yago yakan yakiniku yakisoba yakitori yakuba yakyu yama yamabuki yamadori yamagara yamagata yamame yanagi yane yaoya
yasashii yasuri yatai yatsude yoake yobu yokan yoko yomogi yomu yon yoru yoshino yuenchi yuhi yuka yukata yuki yukigeta yume yunomi yuri
yutaka yuuki yuyake yuzu zabuton zakuro zaru zenmai zerii zori zosui zoukin zubon zukou
`;

/** 1,024 different words: even draws of ten bits each. */
export const passphraseWords = (): readonly string[] => list.trim().split(/\s+/);
