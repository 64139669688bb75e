"""The columns of a list of people, with the headings that cities and the national system give them."""

from records.sheets.headings import ListColumn

PEOPLE = [
    ListColumn("nip", "NIP", ("NIP BARU", "NIP PEGAWAI")),
    ListColumn("name", "NAMA", ("NAMA PEGAWAI", "NAMA LENGKAP")),
    ListColumn("before", "GELAR DEPAN"),
    ListColumn("behind", "GELAR BELAKANG"),
    ListColumn("born", "TGL LAHIR", ("TANGGAL LAHIR",)),
    ListColumn(
        "kind", "STATUS", ("STATUS ASN", "STATUS PEGAWAI", "STATUS KEPEGAWAIAN", "JENIS PEGAWAI NAMA")
    ),
    ListColumn("candidate", "STATUS CPNS PNS"),
    ListColumn("standing", "KEDUDUKAN HUKUM ID"),
    ListColumn("rank", "GOLONGAN", ("GOL AKHIR NAMA", "GOL", "GOL RUANG", "PANGKAT GOL", "PANGKAT GOLONGAN")),
    ListColumn("ranked_on", "TMT GOLONGAN", ("TMT GOL", "TMT PANGKAT", "PANGKAT/TMT", "GOLONGAN/TMT")),
    ListColumn("title", "JABATAN", ("NAMA JABATAN", "JABATAN NAMA")),
    ListColumn("echelon", "ESELON", ("ESELON NAMA",)),
    ListColumn("number", "KELAS JABATAN", ("KELAS",)),
    ListColumn("posted_on", "TMT JABATAN", ("JABATAN/TMT",)),
    ListColumn(
        "agency", "OPD", ("SKPD", "PERANGKAT DAERAH", "SATUAN KERJA KERJA NAMA", "SATUAN KERJA INDUK NAMA")
    ),
    ListColumn(
        "unit",
        "UNIT KERJA",
        ("BIDANG SUBUNIT", "UNIT KERJA/BIDANG SUBUNIT", "SUBUNIT", "BIDANG", "UNOR NAMA", "UNIT"),
    ),
    ListColumn("superior", "NIP ATASAN LANGSUNG", ("NIP ATASAN", "ATASAN LANGSUNG")),
    ListColumn("account", "NO. REKENING", ("REKENING", "NOMOR REKENING", "NO REK")),
    ListColumn("bank", "NAMA BANK", ("BANK",)),
]
