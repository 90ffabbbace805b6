"""Statements, ledgers and settlements, as banks and payment services export them."""

from tests.corpus.messy import messy, tabbed

FILES = (
    messy(
        "girokonto.csv",
        """\
Umsatzanzeige;Datei erstellt am: 05.03.2023 10:31
;Letztes Update: aktuell

IBAN;DE02 5001 0517 0000 0000 00
Kontoname;Girokonto
Bank;Beispielbank
Kunde;Zoë Müller
Zeitraum;01.02.2023 - 05.03.2023
Saldo;1.482,19;EUR

Sortierung;Datum absteigend

In der CSV-Datei finden Sie alle bereits gebuchten Umsätze. Die vorgemerkten Umsätze fehlen.

Buchung;Valuta;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
03.03.2023;03.03.2023;BÄCKEREI GROß;Lastschrift;Karte 4411, 02.03.;1.482,19;EUR;-8,40;EUR
01.03.2023;01.03.2023;Stadtwerke Köln;Dauerauftrag;Abschlag 03/23;1.490,59;EUR;-89,00;EUR
28.02.2023;28.02.2023;Arbeit AG;Gehalt/Rente;Lohn "Februar";1.579,59;EUR;1.204,50;EUR
""",
        """\
Buchung¦Valuta¦Auftraggeber/Empfänger¦Buchungstext¦Verwendungszweck¦Saldo¦Währung¦Betrag¦Währung_2
03.03.2023¦03.03.2023¦BÄCKEREI GROß¦Lastschrift¦Karte 4411, 02.03.¦1.482,19¦EUR¦-8,40¦EUR
01.03.2023¦01.03.2023¦Stadtwerke Köln¦Dauerauftrag¦Abschlag 03/23¦1.490,59¦EUR¦-89,00¦EUR
28.02.2023¦28.02.2023¦Arbeit AG¦Gehalt/Rente¦Lohn "Februar"¦1.579,59¦EUR¦1.204,50¦EUR
""",
        encoding="cp1252",
    ),
    messy(
        "wyciag.csv",
        """\
#Klient;
ŁUKASZ WÓJCIK;

#Za okres:;
01.02.2023;28.02.2023;

#Waluta;
PLN;

#Podsumowanie obrotów na rachunku;#Liczba operacji;#Wartość operacji
Uznania;1;4 200,00 PLN
Obciążenia;2;-161,20 PLN

#Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Numer konta;#Kwota;#Saldo;
2023-02-01;2023-02-02;ZAKUP;"ŻABKA  SKLEP";'';-61,20;938,80;
2023-02-10;2023-02-10;PRZELEW;"WYNAGRODZENIE";'11114020040000350012345678';4 200,00;5 138,80;
2023-02-11;2023-02-11;OPŁATA;"ŚWIADCZENIE; LUTY";'';-100,00;5 038,80;

;;;;;#Saldo końcowe;5 038,80 PLN;
""",
        """\
#Data operacji¦#Data księgowania¦#Opis operacji¦#Tytuł¦#Numer konta¦#Kwota¦#Saldo
2023-02-01¦2023-02-02¦ZAKUP¦ŻABKA  SKLEP¦''¦-61,20¦938,80
2023-02-10¦2023-02-10¦PRZELEW¦WYNAGRODZENIE¦'11114020040000350012345678'¦4 200,00¦5 138,80
2023-02-11¦2023-02-11¦OPŁATA¦ŚWIADCZENIE; LUTY¦''¦-100,00¦5 038,80
""",
        "may",
        encoding="cp1250",
        line_end="\r\n",
    ),
    messy(
        "historia.csv",
        """\
"Data operacji","Data waluty","Typ transakcji","Kwota","Waluta","Opis transakcji","","",""
"2023-02-27","2023-02-25","Płatność kartą","-45.99","PLN","Tytuł: 0001","Lokalizacja: ŁÓDŹ","Karta: 4***1",""
"2023-02-26","2023-02-26","Przelew","+120.00","PLN","Rachunek: 12 1020","Nazwa: ŻAK JĘDRZEJ","Tytuł: ZWROT",""
"2023-02-20","2023-02-20","Opłata","-7.00","PLN","Tytuł: OPŁATA","","",""
""",  # noqa: E501
        """\
Data operacji¦Data waluty¦Typ transakcji¦Kwota¦Waluta¦Opis transakcji¦column_7¦column_8
2023-02-27¦2023-02-25¦Płatność kartą¦-45.99¦PLN¦Tytuł: 0001¦Lokalizacja: ŁÓDŹ¦Karta: 4***1
2023-02-26¦2023-02-26¦Przelew¦+120.00¦PLN¦Rachunek: 12 1020¦Nazwa: ŻAK JĘDRZEJ¦Tytuł: ZWROT
2023-02-20¦2023-02-20¦Opłata¦-7.00¦PLN¦Tytuł: OPŁATA¦¦
""",
        "may",
        encoding="cp1250",
        line_end="\r\n",
    ),
    messy(
        "releve.csv",
        """\
Téléchargement du 05/03/2023;

M. PIÈTRE Noé
Compte de dépôt carte n° 00012345678;
Solde au 03/03/2023 1 482,19 €

Liste des opérations du compte entre le 01/02/2023 et le 05/03/2023;

Date;Libellé;Débit euros;Crédit euros;
03/03/2023;"PAIEMENT PAR CARTE
X4411 BOULANGERIE 02/03";8,40;;
01/03/2023;"PRÉLÈVEMENT EAU DE PARIS";31,12;;
28/02/2023;"VIREMENT EN VOTRE FAVEUR
SALAIRE";;2 104,00;
""",
        """\
Date¦Libellé¦Débit euros¦Crédit euros
03/03/2023¦PAIEMENT PAR CARTE⏎X4411 BOULANGERIE 02/03¦8,40¦
01/03/2023¦PRÉLÈVEMENT EAU DE PARIS¦31,12¦
28/02/2023¦VIREMENT EN VOTRE FAVEUR⏎SALAIRE¦¦2 104,00
""",
        encoding="cp1252",
    ),
    messy(
        "kontoauszug_schweiz.csv",
        """\
\ufeffKontonummer:;0230 00012345.01;
IBAN:;CH00 0023 0230 0001 2345 A;
Von:;2023-02-01;
Bis:;2023-02-28;
Anfangssaldo:;10'204.50;
Bewertet in:;CHF;
Anzahl Transaktionen in diesem Zeitraum:;3;

Abschlussdatum;Abschlusszeit;Währung;Belastung;Gutschrift;Saldo;Beschreibung1;Fussnoten;
2023-02-27;14:02:11;CHF;-1'204.00;;9'000.50;"Verwaltung AG;Miete";;
2023-02-24;;CHF;;6'300.00;10'204.50;"Arbeit AG;Lohn";;
2023-02-03;09:31:00;CHF;-12.80;;3'904.50;Bäckerei Züst;;
""",
        """\
Abschlussdatum¦Abschlusszeit¦Währung¦Belastung¦Gutschrift¦Saldo¦Beschreibung1¦Fussnoten
2023-02-27¦14:02:11¦CHF¦-1'204.00¦¦9'000.50¦Verwaltung AG;Miete¦
2023-02-24¦¦CHF¦¦6'300.00¦10'204.50¦Arbeit AG;Lohn¦
2023-02-03¦09:31:00¦CHF¦-12.80¦¦3'904.50¦Bäckerei Züst¦
""",
        "may",
    ),
    messy(
        "card_activity.csv",
        """\
Posted Date,Reference Number,Payee,Address,Amount
03/02/2023,24431063061,"ACME HARDWARE #12 ","YORK          PA ",-41.90
03/01/2023,24431063060,"TST* LE CAFE ","HULL          MA ",-8.40
02/27/2023,00000001234,"PAYMENT - THANK YOU",,500.00
""",
        """\
Posted Date¦Reference Number¦Payee¦Address¦Amount
03/02/2023¦24431063061¦ACME HARDWARE #12 ¦YORK          PA ¦-41.90
03/01/2023¦24431063060¦TST* LE CAFE ¦HULL          MA ¦-8.40
02/27/2023¦00000001234¦PAYMENT - THANK YOU¦¦500.00
""",
    ),
    messy(
        "checking.csv",
        """\
Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #
DEBIT,03/02/2023,"ORIG CO NAME:ACME",-41.90,ACH_DEBIT,1204.10,,
CHECK,03/01/2023,"CHECK 1044",-500.00,CHECK_PAID,1246.00,1044,
CREDIT,02/27/2023,"PAYROLL, ACME",2000.00,ACH_CREDIT,1746.00,,
""",
        """\
Details¦Posting Date¦Description¦Amount¦Type¦Balance¦Check or Slip #
DEBIT¦03/02/2023¦ORIG CO NAME:ACME¦-41.90¦ACH_DEBIT¦1204.10¦
CHECK¦03/01/2023¦CHECK 1044¦-500.00¦CHECK_PAID¦1246.00¦1044
CREDIT¦02/27/2023¦PAYROLL, ACME¦2000.00¦ACH_CREDIT¦1746.00¦
""",
    ),
    messy(
        "charges.csv",
        """\
id,Created (UTC),Amount,Amount Refunded,Currency,Status,Customer Email,meta (metadata)
ch_3Mkq,2023-03-02 14:01,12.00,0.00,usd,Paid,ana@example.org,"{""plan"":""pro"",""n"":2}"
ch_3Mkp,2023-03-02 13:55,"1,204.00",1.00,eur,Refunded,,
ch_3Mka,2023-03-01 00:10,0.50,0.00,jpy,Failed,bo+test@example.org,
""",
        """\
id¦Created (UTC)¦Amount¦Amount Refunded¦Currency¦Status¦Customer Email¦meta (metadata)
ch_3Mkq¦2023-03-02 14:01¦12.00¦0.00¦usd¦Paid¦ana@example.org¦{"plan":"pro","n":2}
ch_3Mkp¦2023-03-02 13:55¦1,204.00¦1.00¦eur¦Refunded¦¦
ch_3Mka¦2023-03-01 00:10¦0.50¦0.00¦jpy¦Failed¦bo+test@example.org¦
""",
    ),
    messy(
        "settlement.txt",
        tabbed("""\
settlement-id→start-date→end-date→deposit→currency→type→order-id→sku→amount
14000000001→2023-02-01 05:26:31 UTC→2023-02-15 05:26:30 UTC→187.44→USD→→→→
14000000001→→→→→Order→111-0000001-0000001→MUG-BLUE 12"→9.90
14000000001→→→→→Order→111-0000001-0000001→"S" hook→4.00
14000000001→→→→→Refund→111-0000002-0000002→PLATE→-12.00
"""),
        """\
settlement-id¦start-date¦end-date¦deposit¦currency¦type¦order-id¦sku¦amount
14000000001¦2023-02-01 05:26:31 UTC¦2023-02-15 05:26:30 UTC¦187.44¦USD¦¦¦¦
14000000001¦¦¦¦¦Order¦111-0000001-0000001¦MUG-BLUE 12"¦9.90
14000000001¦¦¦¦¦Order¦111-0000001-0000001¦"S" hook¦4.00
14000000001¦¦¦¦¦Refund¦111-0000002-0000002¦PLATE¦-12.00
""",
        "may",
    ),
    messy(
        "marketplace_transactions.csv",
        """\
"Includes marketplace, fulfilment and service transactions"
"All amounts in USD, unless specified"
"Definitions:"
"Sales tax collected: Includes sales tax collected from buyers."
"Selling fees: Includes variable closing fees, and referral fees."
"date/time","settlement id","type","order id","description","quantity","product sales","total"
"Mar 1, 2023 12:10:44 AM PST","140001","Order","111-01","Mug, blue","1","9.90","8.41"
"Mar 1, 2023 9:00:00 AM PST","140001","Service Fee","","Subscription","","0","-39.99"
"Mar 2, 2023 1:00:00 PM PST","140001","Transfer","","To account ending in: 123","","0","-1,204.10"
""",
        """\
date/time¦settlement id¦type¦order id¦description¦quantity¦product sales¦total
Mar 1, 2023 12:10:44 AM PST¦140001¦Order¦111-01¦Mug, blue¦1¦9.90¦8.41
Mar 1, 2023 9:00:00 AM PST¦140001¦Service Fee¦¦Subscription¦¦0¦-39.99
Mar 2, 2023 1:00:00 PM PST¦140001¦Transfer¦¦To account ending in: 123¦¦0¦-1,204.10
""",
    ),
    messy(
        "trial_balance.txt",
        """\
HARBOUR CAFE LTD                                     Page:    1
Trial balance                                  Period: 03/2023

Account   Name                          Debit         Credit
1000      Cash                       1,204.50
1200      Bank, current             12,900.75
2000      Trade creditors                           3,310.25
4000      Sales                                    10,795.00
                               -------------- --------------
                                    14,105.25      14,105.25
""",
        """\
Account¦Name¦Debit¦Credit
1000¦Cash¦1,204.50¦
1200¦Bank, current¦12,900.75¦
2000¦Trade creditors¦¦3,310.25
4000¦Sales¦¦10,795.00
""",
        "must",
    ),
    messy(
        "vypis.csv",
        """\
"Datum";"Objem";"Měna";"Protiúčet";"Kód banky";"VS";"Zpráva pro příjemce";"Typ"
"02.03.2023";"-1 204,00";"CZK";"000000-1234567890";"0800";"0000123456";"Nájem – březen";"Platba"
"01.03.2023";"25000,00";"CZK";"2300000000";"2010";"";"Výplata";"Příjem"
"28.02.2023";"-59,90";"CZK";"";"";"";"Nákup: ŘEZNÍK ŽIŽKOV";"Karta"
""",
        """\
Datum¦Objem¦Měna¦Protiúčet¦Kód banky¦VS¦Zpráva pro příjemce¦Typ
02.03.2023¦-1 204,00¦CZK¦000000-1234567890¦0800¦0000123456¦Nájem – březen¦Platba
01.03.2023¦25000,00¦CZK¦2300000000¦2010¦¦Výplata¦Příjem
28.02.2023¦-59,90¦CZK¦¦¦¦Nákup: ŘEZNÍK ŽIŽKOV¦Karta
""",
        "may",
        encoding="cp1250",
    ),
)
