"""Words that are spelt right, though they lie one slip from a word that the rows know."""

_ORDINARY = (
    "antara anwar keras berat bebas bekas belas berkas deras terasa biasa buaya bukan bulat",
    "main rencana bersalah bertobat bakar layar bogor busuk buruh bubuk batuan banjar belah",
    "cabut kabut buntu bantul kapital datar datang daging dalang rapat darat daerah marah",
    "parah sarah dimata dikata diminta dicari dikatakan menyatakan dipasang ditentang dosen",
    "janda tanda banda ganjil pemandangan hasil hamid jamil mampir bilang silang jahat pahit",
    "jahil japan jajan jamur kartun dasar kabar kamar pasar kaisar kadar kasur kasir",
    "pembakaran kecerdasan kemahiran kelancaran kentang kenyang kencing kemenangan kekurangan",
    "keberanian ketenangan kewenangan kecurangan ketinggalan kosong kolong curang kurung",
    "karang curiga kurdi kurus lampau pantai santai lantas latar lapak lamar kayak distrik",
    "malang matang megang makna makam malas malu kalah dalam macam salam masam kasih masak",
    "mabuk membawa membahas mental mentah rental cinta minat moral modul kotor rotor nyamuk",
    "badan padang papan padat paman panas pasang patung payung pelantikan perlawanan",
    "pelayaran pemakaian pemahaman perintah mendampingi perhatikan perbankan perkasa",
    "permainan perjalanan permukaan perubahan perumahan persamaan peran pekan pelan kesan",
    "indah ulang tulang pusing putih pintu singgah sampah sumpah pasaran samaran bawah kawah",
    "senang serang selang belokan pendirian beragam sampel simpul sosok mogok strike mudah",
    "surah ludah kulit serut suram isyarat gabungan panah tanam ranah empat sempat cepat",
    "bertukar tertular tindak timur taken tingkat tulus turis sarung karung kemari robot",
    "remot repot rubah ramah rusuk rujak saleh salat bakat komen barang perang orange halaman",
    "fasih perawat rawat mesin kabur kadang kandung jarang proses banding memang lembar lembah",
    "langkah memantau pantau pendarahan polisi tangga tambal bohong percakapan pencarian kadus",
    "mengganggu berisi penanggung kuring saring ngasih lengkapnya panggilkan keutuhan ketukan",
    "meninggalkan ditinggalkan menentukan meneruskan diteruskan ditentukan pindai kalian",
)
ORDINARY = frozenset(word for line in _ORDINARY for word in line.split())
