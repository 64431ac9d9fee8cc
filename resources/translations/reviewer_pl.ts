<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl_PL" sourcelanguage="en">
<context>
    <name>AccountPage</name>
    <message>
        <source>Account and server</source>
        <translation>Konto i serwer</translation>
    </message>
    <message>
        <source>Signed in as</source>
        <translation>Zalogowano jako</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Serwer</translation>
    </message>
    <message>
        <source>The address is checked before it is kept. Proxies and certificates are those of this computer.</source>
        <translation>Adres jest sprawdzany, zanim zostanie zapamiętany. Używane są serwery proxy i certyfikaty tego komputera.</translation>
    </message>
    <message>
        <source>Another server…</source>
        <translation>Inny serwer…</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>Obecne hasło</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Nowe hasło</translation>
    </message>
    <message>
        <source>New password, once more</source>
        <translation>Nowe hasło jeszcze raz</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Zmień hasło</translation>
    </message>
    <message>
        <source>Enter your present password.</source>
        <translation>Wpisz obecne hasło.</translation>
    </message>
    <message>
        <source>The two do not agree.</source>
        <translation>Hasła są różne.</translation>
    </message>
    <message>
        <source>Your password was changed. Your sessions on other computers have ended.</source>
        <translation>Hasło zostało zmienione. Sesje na innych komputerach zostały zakończone.</translation>
    </message>
</context>
<context>
    <name>ActBar</name>
    <message>
        <source>Hold, escalate, assign</source>
        <translation>Wstrzymaj, przekaż, przydziel</translation>
    </message>
    <message>
        <source>Assign to</source>
        <translation>Przydziel</translation>
    </message>
    <message>
        <source>Put on hold</source>
        <translation>Wstrzymaj</translation>
    </message>
    <message>
        <source>Escalate to a supervisor</source>
        <translation>Przekaż kierownikowi</translation>
    </message>
    <message>
        <source>Reason, for colleagues</source>
        <translation>Powód, dla współpracowników</translation>
    </message>
    <message>
        <source>Wake up on</source>
        <translation>Wznów</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <translation>dd.MM.yyyy HH:mm</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>This cannot be done with the case as it stands.</source>
        <translation>Przy obecnym stanie sprawy nie można tego zrobić.</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Nikomu</translation>
    </message>
    <message>
        <source>This case is not on hold.</source>
        <translation>Ta sprawa nie jest wstrzymana.</translation>
    </message>
    <message>
        <source>This case is not escalated.</source>
        <translation>Ta sprawa nie jest eskalowana.</translation>
    </message>
</context>
<context>
    <name>AssignedBar</name>
    <message>
        <source>This case is assigned to {name} (by {by}, {moment}). Claim it all the same?</source>
        <translation>Ta sprawa jest przydzielona: {name} (przez: {by}, {moment}). Wziąć ją mimo to?</translation>
    </message>
    <message>
        <source>Claim anyway</source>
        <translation>Weź mimo to</translation>
    </message>
</context>
<context>
    <name>BenchBar</name>
    <message>
        <source>Show the answers</source>
        <translation>Pokaż odpowiedzi</translation>
    </message>
    <message>
        <source>Practise: hide the answers</source>
        <translation>Ćwicz: ukryj odpowiedzi</translation>
    </message>
    <message>
        <source>Practice: decide as you would for a real company. What is right is told afterwards.</source>
        <translation>Ćwiczenie: zdecyduj jak dla prawdziwej firmy. Co jest właściwe, powiemy po decyzji.</translation>
    </message>
    <message>
        <source>Right here: {answer}. {why}</source>
        <translation>Właściwa decyzja: {answer}. {why}</translation>
    </message>
    <message>
        <source>You decided rightly: {answer}. {why}</source>
        <translation>Dobra decyzja: {answer}. {why}</translation>
    </message>
    <message>
        <source>You chose: {chosen}. Right is: {answer}. {why}</source>
        <translation>Twoja decyzja: {chosen}. Właściwa: {answer}. {why}</translation>
    </message>
    <message>
        <source>Here a person decides, and no outcome is wrong. {why}</source>
        <translation>Tu decyduje człowiek i żaden wynik nie jest błędny. {why}</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>Claim</source>
        <translation>Weź</translation>
    </message>
    <message>
        <source>Assign to</source>
        <translation>Przydziel</translation>
    </message>
    <message>
        <source>Whose the cases are to do, until they are decided; what a colleague works on is left alone</source>
        <translation>Kto ma prowadzić te sprawy aż do rozstrzygnięcia; tych, które ktoś właśnie prowadzi, nie zmienia</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Zwolnij</translation>
    </message>
    <message>
        <source>Put on hold</source>
        <translation>Wstrzymaj</translation>
    </message>
    <message>
        <source>End the hold</source>
        <translation>Wznów</translation>
    </message>
    <message>
        <source>Reason of the hold</source>
        <translation>Powód wstrzymania</translation>
    </message>
    <message numerus="yes">
        <source>for %n day(s)</source>
        <translation>
            <numerusform>na %n dzień</numerusform>
            <numerusform>na %n dni</numerusform>
            <numerusform>na %n dni</numerusform>
        </translation>
    </message>
    <message>
        <source>without an end</source>
        <translation>bez terminu</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) selected</source>
        <translation>
            <numerusform>Zaznaczono %n sprawę</numerusform>
            <numerusform>Zaznaczono %n sprawy</numerusform>
            <numerusform>Zaznaczono %n spraw</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{selected}, %n left out until sent</source>
        <translation>
            <numerusform>{selected}, %n pominięta do wysłania</numerusform>
            <numerusform>{selected}, %n pominięte do wysłania</numerusform>
            <numerusform>{selected}, %n pominiętych do wysłania</numerusform>
        </translation>
    </message>
    <message>
        <source>A case with an act that waits to be sent is left out.</source>
        <translation>Sprawa z czynnością, która czeka na wysłanie, jest pomijana.</translation>
    </message>
    <message>
        <source>Length of the hold</source>
        <translation>Jak długo wstrzymać</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>Nikomu</translation>
    </message>
    <message>
        <source>Nobody: give mine back</source>
        <translation>Nikomu: oddaj moje</translation>
    </message>
</context>
<context>
    <name>CaseDesk</name>
    <message>
        <source>{name} has taken this case over. What you wrote is kept.</source>
        <translation>{name} przejmuje tę sprawę. To, co masz napisane, zostaje zachowane.</translation>
    </message>
</context>
<context>
    <name>CaseHeader</name>
    <message>
        <source>Back to the queue</source>
        <translation>Wróć do kolejki</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Zwolnij</translation>
    </message>
    <message>
        <source>Next case</source>
        <translation>Następna sprawa</translation>
    </message>
    <message>
        <source>History and notes</source>
        <translation>Historia i notatki</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decyzja</translation>
    </message>
    <message>
        <source>Change of administrator</source>
        <translation>Zmiana administratora</translation>
    </message>
    <message>
        <source>Round {round}</source>
        <translation>Runda {round}</translation>
    </message>
    <message>
        <source>submitted {moment}</source>
        <translation>przesłano {moment}</translation>
    </message>
    <message>
        <source>waiting {time}</source>
        <translation>czeka {time}</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Przejmij</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>Weź sprawę</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Przywróć…</translation>
    </message>
    <message>
        <source>This case does not wait for a decision now.</source>
        <translation>Ta sprawa nie czeka teraz na decyzję.</translation>
    </message>
    <message>
        <source>You do not hold this case.</source>
        <translation>Nie prowadzisz tej sprawy.</translation>
    </message>
    <message>
        <source>Suspend…</source>
        <translation>Zawieś…</translation>
    </message>
    <message>
        <source>Only who holds a case can decide it</source>
        <translation>O sprawie decyduje ten, kto ją prowadzi</translation>
    </message>
    <message>
        <source>Reopen…</source>
        <translation>Otwórz ponownie…</translation>
    </message>
    <message>
        <source>Your decision on this case is on its way: the case stays yours until it is taken or undone.</source>
        <translation>Twoja decyzja w tej sprawie jest w drodze: sprawa musi zostać u Ciebie, aż decyzja zostanie przyjęta albo cofnięta.</translation>
    </message>
    <message>
        <source>What you did on this case waits to be sent. It can be released after that.</source>
        <translation>To, co zrobiono w tej sprawie, czeka na wysłanie. Potem będzie można ją zwolnić.</translation>
    </message>
    <message>
        <source>Let others take this case</source>
        <translation>Pozwól innym przejąć tę sprawę</translation>
    </message>
    <message>
        <source>You hold this case</source>
        <translation>Prowadzisz tę sprawę</translation>
    </message>
    <message>
        <source>Held by {name}</source>
        <translation>Prowadzi: {name}</translation>
    </message>
    <message>
        <source>Nobody holds this case</source>
        <translation>Nikt nie prowadzi tej sprawy</translation>
    </message>
    <message>
        <source>Assigned to {name}</source>
        <translation>Przydzielona: {name}</translation>
    </message>
    <message>
        <source>Assigned to you</source>
        <translation>Przydzielona Tobie</translation>
    </message>
</context>
<context>
    <name>CaseView</name>
    <message>
        <source>Declared data</source>
        <translation>Dane zgłoszone</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumenty</translation>
    </message>
    <message>
        <source>No case is free</source>
        <translation>Brak wolnych spraw</translation>
    </message>
    <message>
        <source>Every waiting case is held by somebody, or none waits. A new one appears in the queue by itself.</source>
        <translation>Każdą oczekującą sprawę ktoś już prowadzi albo żadna nie czeka. Nowa pojawi się w kolejce sama.</translation>
    </message>
    <message>
        <source>The case cannot be shown</source>
        <translation>Nie można pokazać sprawy</translation>
    </message>
    <message>
        <source>There is no such case. Perhaps the link is not complete.</source>
        <translation>Nie ma takiej sprawy. Może link jest niepełny.</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>Wróć do kolejki</translation>
    </message>
    <message>
        <source>{document}, page {pages}</source>
        <translation>{document}, strona {pages}</translation>
    </message>
    <message>
        <source>The customer changed this case while you worked on it. Your draft was kept; please check it.</source>
        <translation>Klient zmienił tę sprawę w trakcie Twojej pracy. Szkic został zachowany; sprawdź go.</translation>
    </message>
</context>
<context>
    <name>ChangesView</name>
    <message>
        <source>Changed since the round before</source>
        <translation>Zmienione od poprzedniej rundy</translation>
    </message>
</context>
<context>
    <name>ConflictDialog</name>
    <message>
        <source>The case changed</source>
        <translation>Sprawa się zmieniła</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Nie przyjęto</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>Wczytywanie…</translation>
    </message>
    <message>
        <source>Mine, of {moment}</source>
        <translation>Moje, z {moment}</translation>
    </message>
    <message>
        <source>Theirs, on the server now</source>
        <translation>Na serwerze teraz</translation>
    </message>
    <message>
        <source>Held by {name}</source>
        <translation>Prowadzi: {name}</translation>
    </message>
    <message>
        <source>The case cannot be read now.</source>
        <translation>Sprawy nie można teraz odczytać.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Później</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Porzuć</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Wyślij ponownie</translation>
    </message>
    <message>
        <source>Back to my draft</source>
        <translation>Wróć do szkicu</translation>
    </message>
</context>
<context>
    <name>ContextView</name>
    <message>
        <source>Seen before</source>
        <translation>Widziane wcześniej</translation>
    </message>
</context>
<context>
    <name>DashboardView</name>
    <message>
        <source>Back</source>
        <translation>Wróć</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Pulpit</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Eksportuj…</translation>
    </message>
    <message>
        <source>No reason was given in this time.</source>
        <translation>W tym czasie nie podano żadnego powodu.</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n dzień</numerusform>
            <numerusform>%n dni</numerusform>
            <numerusform>%n dni</numerusform>
        </translation>
    </message>
    <message>
        <source>Received and decided by day</source>
        <translation>Otrzymane i rozstrzygnięte dzień po dniu</translation>
    </message>
    <message>
        <source>Waiting now, in working time</source>
        <translation>Czekają teraz, w czasie roboczym</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>Rozstrzygnięcia</translation>
    </message>
    <message>
        <source>Reasons given</source>
        <translation>Podane powody</translation>
    </message>
    <message>
        <source>By person</source>
        <translation>Według osób</translation>
    </message>
    <message>
        <source>waiting now</source>
        <translation>czeka teraz</translation>
    </message>
    <message>
        <source>received</source>
        <translation>otrzymane</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>rozstrzygnięte</translation>
    </message>
    <message>
        <source>half decided within (p50), nights and weekends counted</source>
        <translation>połowa rozstrzygnięta w ciągu (p50), z nocami i weekendami</translation>
    </message>
    <message>
        <source>nine in ten decided within (p90), likewise</source>
        <translation>dziewięć na dziesięć w ciągu (p90), tak samo liczone</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Osoba</translation>
    </message>
    <message>
        <source>Decided</source>
        <comment>title</comment>
        <translation>Rozstrzygnięte</translation>
    </message>
    <message>
        <source>Export the figures</source>
        <translation>Eksport danych</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Skoroszyt Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>Text with semicolons (*.csv)</source>
        <translation>Tekst ze średnikami (*.csv)</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>Folder:</translation>
    </message>
    <message>
        <source>File type:</source>
        <translation>Typ pliku:</translation>
    </message>
    <message>
        <source>The figures were written to {path}.</source>
        <translation>Dane zapisano w pliku {path}.</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Accept</source>
        <translation>Przyjmij</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Do wymiany</translation>
    </message>
    <message>
        <source>Refuse</source>
        <comment>the document</comment>
        <translation>Odrzuć</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Zaakceptuj</translation>
    </message>
    <message>
        <source>Ask for correction</source>
        <translation>Poproś o poprawę</translation>
    </message>
    <message>
        <source>Refuse</source>
        <comment>the company</comment>
        <translation>Odmów</translation>
    </message>
    <message>
        <source>Reasons about the company or its data</source>
        <translation>Powody dotyczące firmy lub danych</translation>
    </message>
    <message>
        <source>Note to the customer</source>
        <translation>Wiadomość do klienta</translation>
    </message>
    <message>
        <source>Goes into the mail, in the customer&apos;s language</source>
        <translation>Trafi do e-maila, pisz w języku klienta</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Notatka wewnętrzna</translation>
    </message>
    <message>
        <source>Stays with us</source>
        <translation>Tylko dla nas</translation>
    </message>
    <message>
        <source>This document</source>
        <translation>Ten dokument</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Cofnij</translation>
    </message>
    <message>
        <source>Your decision is on its way.</source>
        <translation>Twoja decyzja jest w drodze.</translation>
    </message>
    <message>
        <source>Your decision is on its way. You can take it back until the countdown ends.</source>
        <translation>Twoja decyzja jest w drodze. Możesz ją cofnąć, dopóki trwa odliczanie.</translation>
    </message>
    <message>
        <source>Your decision waits on this computer for the server. Until it leaves you can take it back.</source>
        <translation>Twoja decyzja czeka na tym komputerze na serwer. Dopóki nie wyjdzie, możesz ją cofnąć.</translation>
    </message>
    <message>
        <source>Your decision was not taken. Compare it with the case as it is now (above); your text is kept.</source>
        <translation>Decyzja nie została przyjęta. Porównaj ją z obecnym stanem sprawy (u góry); Twój tekst jest zachowany.</translation>
    </message>
    <message>
        <source>This case does not wait for a decision now.</source>
        <translation>Ta sprawa nie czeka teraz na decyzję.</translation>
    </message>
    <message>
        <source>A colleague holds this case and decides it.</source>
        <translation>Sprawę prowadzi i rozstrzyga inna osoba.</translation>
    </message>
    <message>
        <source>Claim the case to go on with your draft.</source>
        <translation>Weź sprawę, aby wrócić do swojego szkicu.</translation>
    </message>
    <message>
        <source>Claim the case to decide it.</source>
        <translation>Weź sprawę, aby podjąć decyzję.</translation>
    </message>
</context>
<context>
    <name>DeclaredRow</name>
    <message>
        <source>Copy: {name}</source>
        <translation>Kopiuj: {name}</translation>
    </message>
    <message numerus="yes">
        <source>In document %1</source>
        <translation>
            <numerusform>W dokumencie %1</numerusform>
            <numerusform>W dokumentach %1</numerusform>
            <numerusform>W dokumentach %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Show where it stands: {name}</source>
        <translation>Pokaż miejsce w dokumencie: {name}</translation>
    </message>
    <message>
        <source>Copied: {name}</source>
        <translation>Skopiowano: {name}</translation>
    </message>
</context>
<context>
    <name>DeclaredView</name>
    <message>
        <source>Findings</source>
        <translation>Ustalenia</translation>
    </message>
</context>
<context>
    <name>DocumentRow</name>
    <message>
        <source>Earlier versions</source>
        <translation>Wcześniejsze wersje</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n strona</numerusform>
            <numerusform>%n strony</numerusform>
            <numerusform>%n stron</numerusform>
        </translation>
    </message>
    <message>
        <source>version {number}</source>
        <translation>wersja {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n not looked at</source>
        <translation>
            <numerusform>%n nieobejrzana</numerusform>
            <numerusform>%n nieobejrzane</numerusform>
            <numerusform>%n nieobejrzanych</numerusform>
        </translation>
    </message>
    <message>
        <source>New version {number}</source>
        <translation>Nowa wersja {number}</translation>
    </message>
    <message>
        <source>Version {number} · {moment} · {state}</source>
        <translation>Wersja {number} · {moment} · {state}</translation>
    </message>
</context>
<context>
    <name>DocumentViewer</name>
    <message>
        <source>Pages of the document</source>
        <translation>Strony dokumentu</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Miniatury</translation>
    </message>
    <message>
        <source>This is version {shown}. Version {newer} took its place.</source>
        <translation>To jest wersja {shown}. Zastąpiła ją wersja {newer}.</translation>
    </message>
    <message>
        <source>Show the new one</source>
        <translation>Pokaż nową</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiuj</translation>
    </message>
    <message>
        <source>Search this document for “{text}”</source>
        <translation>Szukaj „{text}” w tym dokumencie</translation>
    </message>
    <message>
        <source>Search all cases for “{text}”</source>
        <translation>Szukaj „{text}” we wszystkich sprawach</translation>
    </message>
    <message>
        <source>No document chosen</source>
        <translation>Nie wybrano dokumentu</translation>
    </message>
    <message>
        <source>Choose a document on the left, or press its number.</source>
        <translation>Wybierz dokument po lewej stronie albo naciśnij jego numer.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Spróbuj ponownie</translation>
    </message>
    <message>
        <source>{kind} · {file}</source>
        <translation>{kind} · {file}</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Strona {page} z {count}</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Being worked on by {name}</source>
        <translation>Prowadzi teraz: {name}</translation>
    </message>
    <message>
        <source>Assigned to {name}</source>
        <translation>Przydzielona: {name}</translation>
    </message>
    <message>
        <source>Remove this filter</source>
        <translation>Usuń ten filtr</translation>
    </message>
</context>
<context>
    <name>FindingLine</name>
    <message>
        <source>Document {number}: {message}</source>
        <translation>Dokument {number}: {message}</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>General</source>
        <translation>Ogólne</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Jak w systemie</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Jasne</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Ciemne</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Język</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Kolory</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Wielkość tekstu</translation>
    </message>
    <message>
        <source>Time to undo a decision</source>
        <translation>Czas na cofnięcie decyzji</translation>
    </message>
    <message>
        <source>A decision leaves only after so many seconds; until then it can be taken back.</source>
        <translation>Decyzja wychodzi dopiero po tylu sekundach; do tego czasu można ją cofnąć.</translation>
    </message>
    <message>
        <source>After a decision</source>
        <translation>Po decyzji</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Dźwięk</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Układ</translation>
    </message>
    <message>
        <source>Claim and show the next case</source>
        <translation>Weź i pokaż następną sprawę</translation>
    </message>
    <message>
        <source>When a customer of mine answers, a note names me, or I am given a case</source>
        <translation>Gdy klient odpowie w mojej sprawie, ktoś wspomni o mnie w notatce lub przekaże mi sprawę</translation>
    </message>
    <message>
        <source>Reset columns and panels</source>
        <translation>Przywróć kolumny i panele</translation>
    </message>
</context>
<context>
    <name>HeldToast</name>
    <message>
        <source>{outcome}: sending in {seconds} s</source>
        <translation>{outcome}: wysyłka za {seconds} s</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Cofnij</translation>
    </message>
    <message>
        <source>The decision was sent.</source>
        <translation>Decyzja została wysłana.</translation>
    </message>
    <message>
        <source>The note was saved.</source>
        <translation>Notatka została zapisana.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Zapisano.</translation>
    </message>
    <message>
        <source>The case was reopened.</source>
        <translation>Sprawa została otwarta ponownie.</translation>
    </message>
    <message>
        <source>The company was suspended.</source>
        <translation>Zawieszono firmę.</translation>
    </message>
    <message>
        <source>The company was restored.</source>
        <translation>Przywrócono firmę.</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>History and notes</source>
        <translation>Historia i notatki</translation>
    </message>
    <message>
        <source>Internal note. The customer never sees it.</source>
        <translation>Notatka wewnętrzna. Klient nigdy jej nie zobaczy.</translation>
    </message>
    <message>
        <source>Internal note</source>
        <translation>Notatka wewnętrzna</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>Dodaj notatkę</translation>
    </message>
    <message>
        <source>Name a colleague</source>
        <translation>Wymień osobę</translation>
    </message>
    <message>
        <source>Name a colleague: they find it in their queue</source>
        <translation>Wymień osobę: zobaczy to w swojej kolejce</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Wszystko</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Klient</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>Pracownicy</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Automatyczne</translation>
    </message>
    <message>
        <source>Notes and holds</source>
        <translation>Notatki i wstrzymania</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Decyzje</translation>
    </message>
    <message>
        <source>Prints</source>
        <translation>Wydruki</translation>
    </message>
    <message>
        <source>Shown: {filter}</source>
        <translation>Pokazane: {filter}</translation>
    </message>
</context>
<context>
    <name>KeepViewBar</name>
    <message>
        <source>Name of the view</source>
        <translation>Nazwa widoku</translation>
    </message>
    <message>
        <source>Show it to everybody</source>
        <translation>Pokaż wszystkim</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Zachowaj</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Skróty klawiszowe</translation>
    </message>
    <message>
        <source>Single keys rest while you type in a text field.</source>
        <translation>Pojedyncze klawisze nie działają podczas pisania w polu tekstowym.</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Czytanie</translation>
    </message>
    <message>
        <source>Show document 1 to 9</source>
        <translation>Pokaż dokument od 1 do 9</translation>
    </message>
    <message>
        <source>Reason 1 to 9 of the document</source>
        <translation>Powód 1–9 dokumentu</translation>
    </message>
    <message>
        <source>Next or previous page</source>
        <translation>Następna lub poprzednia strona</translation>
    </message>
    <message>
        <source>PgDn</source>
        <translation>PgDn</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>PgUp</translation>
    </message>
    <message>
        <source>First or last page</source>
        <translation>Pierwsza lub ostatnia strona</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Powiększenie</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Ctrl+kółko</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys</source>
        <translation>Klawisze</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Gdzie</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Działanie</translation>
    </message>
    <message>
        <source>Keys of all actions</source>
        <translation>Klawisze wszystkich działań</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Nowe klawisze</translation>
    </message>
    <message>
        <source>Use these keys</source>
        <translation>Użyj tych klawiszy</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Bez klawiszy</translation>
    </message>
    <message>
        <source>Give back</source>
        <translation>Przywróć</translation>
    </message>
    <message>
        <source>Give all keys back</source>
        <translation>Przywróć wszystkie klawisze</translation>
    </message>
    <message>
        <source>The window needs this key by itself. Add Ctrl or Alt, or choose another one.</source>
        <translation>Tego klawisza potrzebuje samo okno. Dodaj Ctrl lub Alt albo wybierz inny.</translation>
    </message>
    <message>
        <source>Taken by {actions}</source>
        <translation>Zajęte przez: {actions}</translation>
    </message>
</context>
<context>
    <name>LogDialog</name>
    <message>
        <source>Log of the program</source>
        <translation>Dziennik programu</translation>
    </message>
    <message>
        <source>PESEL numbers, tokens and passwords are never written into it.</source>
        <translation>Numery PESEL, tokeny i hasła nigdy do niego nie trafiają.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiuj</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Otwórz folder</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>Dziennik jest pusty.</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Zamknij komunikat</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n wiadomość</numerusform>
            <numerusform>%n wiadomości</numerusform>
            <numerusform>%n wiadomości</numerusform>
        </translation>
    </message>
    <message>
        <source>The customer answered: {name}. The case waits for you again.</source>
        <translation>Klient odpowiedział: {name}. Sprawa znowu czeka.</translation>
    </message>
    <message>
        <source>Show what is new</source>
        <translation>Pokaż, co nowego</translation>
    </message>
    <message>
        <source>{by} names you in a note: {name}.</source>
        <translation>{by} wspomina o Tobie w notatce: {name}.</translation>
    </message>
    <message>
        <source>Show the notes</source>
        <translation>Pokaż notatki</translation>
    </message>
    <message>
        <source>{by} gave you a case: {name}.</source>
        <translation>{by} przekazuje Ci sprawę: {name}.</translation>
    </message>
    <message>
        <source>Show the case</source>
        <translation>Pokaż sprawę</translation>
    </message>
    <message>
        <source>Close all messages</source>
        <translation>Zamknij wszystkie wiadomości</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) have not been sent yet. They stay on this computer until you sign in again.</source>
        <translation>
            <numerusform>%n czynność nie została jeszcze wysłana. Zostanie na tym komputerze do ponownego zalogowania.</numerusform>
            <numerusform>%n czynności nie zostały jeszcze wysłane. Zostaną na tym komputerze do ponownego zalogowania.</numerusform>
            <numerusform>%n czynności nie zostało jeszcze wysłanych. Zostaną na tym komputerze do ponownego zalogowania.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign out anyway</source>
        <translation>Wyloguj mimo to</translation>
    </message>
</context>
<context>
    <name>OfflineBar</name>
    <message>
        <source>The server cannot be reached. You see the saved copy; what you do is kept and sent when it is back.</source>
        <translation>Serwer nie odpowiada. Widzisz zapisaną kopię; Twoje działania są zachowane i zostaną wysłane, gdy serwer wróci.</translation>
    </message>
</context>
<context>
    <name>OtherPane</name>
    <message>
        <source>End the comparison</source>
        <translation>Zakończ porównanie</translation>
    </message>
    <message>
        <source>Pages of the other document</source>
        <translation>Strony drugiego dokumentu</translation>
    </message>
    <message>
        <source>{kind} · version {version}</source>
        <translation>{kind} · wersja {version}</translation>
    </message>
</context>
<context>
    <name>OverlayLegend</name>
    <message>
        <source>Blue: version {shown} · red: {other}</source>
        <translation>Niebieski: wersja {shown} · czerwony: {other}</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>wersja {version}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Find an action or a case</source>
        <translation>Znajdź działanie lub sprawę</translation>
    </message>
    <message>
        <source>Type a part of a name</source>
        <translation>Wpisz część nazwy</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Co znaleziono</translation>
    </message>
    <message>
        <source>Nothing of that name is here. Companies are searched for in the queue.</source>
        <translation>Nie ma tu nic o takiej nazwie. Firm szuka się w kolejce.</translation>
    </message>
    <message>
        <source>Case: {name}</source>
        <translation>Sprawa: {name}</translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message numerus="yes">
        <source>This is the mail exactly as the customer gets it. It leaves after %n second(s); until then you can undo.</source>
        <translation>
            <numerusform>Tak wygląda e-mail, który dostanie klient. Wyjdzie po %n sekundzie; do tej chwili możesz cofnąć decyzję.</numerusform>
            <numerusform>Tak wygląda e-mail, który dostanie klient. Wyjdzie po %n sekundach; do tej chwili możesz cofnąć decyzję.</numerusform>
            <numerusform>Tak wygląda e-mail, który dostanie klient. Wyjdzie po %n sekundach; do tej chwili możesz cofnąć decyzję.</numerusform>
        </translation>
    </message>
    <message>
        <source>To</source>
        <translation>Do</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Temat</translation>
    </message>
    <message>
        <source>Approve and send</source>
        <translation>Zaakceptuj i wyślij</translation>
    </message>
    <message>
        <source>Ask and send</source>
        <translation>Poproś i wyślij</translation>
    </message>
    <message>
        <source>Refuse and send</source>
        <translation>Odmów i wyślij</translation>
    </message>
    <message>
        <source>Decide and send later</source>
        <translation>Zdecyduj i wyślij później</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Back to the case</source>
        <translation>Wróć do sprawy</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>The mail</source>
        <translation>Wiadomość e-mail</translation>
    </message>
    <message>
        <source>in Polish</source>
        <translation>po polsku</translation>
    </message>
    <message>
        <source>in English</source>
        <translation>po angielsku</translation>
    </message>
    <message>
        <source>The server cannot be reached, so the mail cannot be shown. It will be written from this. The decision is kept and leaves when the server is back, unless the case has changed by then.</source>
        <translation>Serwer nie odpowiada, więc nie można pokazać listu. Powstanie z tego, co poniżej. Decyzja zostanie zachowana i wysłana, gdy serwer wróci, chyba że sprawa zmieni się do tego czasu.</translation>
    </message>
    <message>
        <source>Not looked at yet: {pages}</source>
        <translation>Jeszcze nieobejrzane: {pages}</translation>
    </message>
</context>
<context>
    <name>PrintBar</name>
    <message>
        <source>Pages</source>
        <translation>Strony</translation>
    </message>
    <message>
        <source>Pages to print</source>
        <translation>Strony do wydruku</translation>
    </message>
    <message>
        <source>For example 1, 3, 5-7</source>
        <translation>Na przykład 1, 3, 5-7</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Drukuj…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>The print before is still on its way. Print again when it is done.</source>
        <translation>Poprzedni wydruk jeszcze trwa. Wydrukuj ponownie, gdy się skończy.</translation>
    </message>
    <message>
        <source>Print the document</source>
        <translation>Wydrukuj dokument</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) printed. The history of the case says so.</source>
        <translation>
            <numerusform>Wydrukowano %n stronę. Zapisano to w historii sprawy.</numerusform>
            <numerusform>Wydrukowano %n strony. Zapisano to w historii sprawy.</numerusform>
            <numerusform>Wydrukowano %n stron. Zapisano to w historii sprawy.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was printed, because it could not be recorded in the history of the case. {why}</source>
        <translation>Nic nie wydrukowano, bo nie udało się tego zapisać w historii sprawy. {why}</translation>
    </message>
    <message>
        <source>The printer or the file did not take the pages. Choose another and print again.</source>
        <translation>Drukarka lub plik nie przyjęły stron. Wybierz inne miejsce i wydrukuj ponownie.</translation>
    </message>
    <message>
        <source>Printing stopped before the last page: one could not be drawn. Print again.</source>
        <translation>Wydruk przerwano przed ostatnią stroną: jednej nie udało się narysować. Wydrukuj ponownie.</translation>
    </message>
</context>
<context>
    <name>PrintModel</name>
    <message>
        <source>Printed by {person}, {when}</source>
        <translation>Wydruk: {person}, {when}</translation>
    </message>
    <message>
        <source>{company} · NIP {nip} · {kind}, version {version}</source>
        <translation>{company} · NIP {nip} · {kind}, wersja {version}</translation>
    </message>
    <message>
        <source>page {page} of {count}</source>
        <translation>strona {page} z {count}</translation>
    </message>
</context>
<context>
    <name>QueueExtras</name>
    <message numerus="yes">
        <source>%n case(s) done.</source>
        <translation>
            <numerusform>Gotowe: %n sprawa.</numerusform>
            <numerusform>Gotowe: %n sprawy.</numerusform>
            <numerusform>Gotowe: %n spraw.</numerusform>
        </translation>
    </message>
    <message>
        <source>Left alone: {cases}</source>
        <translation>Pominięto: {cases}</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Search the queue</source>
        <translation>Szukaj w kolejce</translation>
    </message>
    <message>
        <source>Queue of cases</source>
        <translation>Kolejka spraw</translation>
    </message>
    <message>
        <source>Waiting for us</source>
        <translation>Czekają na nas</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Moje</translation>
    </message>
    <message>
        <source>Assigned to me</source>
        <translation>Przydzielone mi</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Wolne</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Wszystkie</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>Każdy stan</translation>
    </message>
    <message>
        <source>Name, NIP, KRS, e-mail, authorization no.</source>
        <translation>Nazwa, NIP, KRS, e-mail, upoważnienie</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stan</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Odśwież</translation>
    </message>
    <message>
        <source>Next case</source>
        <translation>Następna sprawa</translation>
    </message>
    <message>
        <source>Claims and opens your longest waiting case, else the free one that waits longest</source>
        <translation>Bierze i otwiera najdłużej czekającą z przydzielonych Ci spraw, a bez takich wolną, która czeka najdłużej</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nic nie znaleziono</translation>
    </message>
    <message>
        <source>No case matches the search and the filters.</source>
        <translation>Żadna sprawa nie pasuje do wyszukiwania i filtrów.</translation>
    </message>
    <message>
        <source>Clear search and filters</source>
        <translation>Wyczyść wyszukiwanie i filtry</translation>
    </message>
    <message>
        <source>All done</source>
        <translation>Wszystko zrobione</translation>
    </message>
    <message>
        <source>No case waits for a decision. A new one appears here by itself.</source>
        <translation>Żadna sprawa nie czeka na decyzję. Nowa pojawi się tu sama.</translation>
    </message>
    <message>
        <source>Show all companies</source>
        <translation>Pokaż wszystkie firmy</translation>
    </message>
    <message>
        <source>Saved copy</source>
        <translation>Zapisana kopia</translation>
    </message>
    <message>
        <source>{count}+ cases</source>
        <translation>Ponad {count} spraw</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n sprawa</numerusform>
            <numerusform>%n sprawy</numerusform>
            <numerusform>%n spraw</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReasonDetails</name>
    <message>
        <source>Text for the customer (required)</source>
        <translation>Tekst dla klienta (wymagany)</translation>
    </message>
    <message>
        <source>Text for the customer (optional)</source>
        <translation>Tekst dla klienta (opcjonalny)</translation>
    </message>
    <message>
        <source>Place marked on page {page}</source>
        <translation>Zaznaczone miejsce na stronie {page}</translation>
    </message>
</context>
<context>
    <name>ReasonRow</name>
    <message>
        <source>{reason} (final)</source>
        <translation>{reason} (odmowa)</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Columns and panels are as they were at first.</source>
        <translation>Kolumny i panele są takie jak na początku.</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Text or number in this document</source>
        <translation>Tekst lub numer w tym dokumencie</translation>
    </message>
    <message>
        <source>Search the document</source>
        <translation>Szukaj w dokumencie</translation>
    </message>
    <message>
        <source>End the search</source>
        <translation>Zakończ szukanie</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Reading the document …</source>
        <translation>Odczytywanie dokumentu…</translation>
    </message>
    <message>
        <source>This document has no text to search: it is a scan.</source>
        <translation>W tym dokumencie nie ma tekstu do przeszukania: to skan.</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nie znaleziono</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} z {count}</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Back</source>
        <translation>Wróć</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ustawienia</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Ogólne</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Klawisze</translation>
    </message>
    <message>
        <source>Account and server</source>
        <translation>Konto i serwer</translation>
    </message>
    <message>
        <source>Copies on this computer</source>
        <translation>Kopie na tym komputerze</translation>
    </message>
</context>
<context>
    <name>ShownCaption</name>
    <message>
        <source>{kind} · version {version}</source>
        <translation>{kind} · wersja {version}</translation>
    </message>
</context>
<context>
    <name>SignInView</name>
    <message>
        <source>Welcome to Reviewer</source>
        <translation>Witaj w programie Reviewer</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Zaloguj się</translation>
    </message>
    <message>
        <source>Enter the address of your company&apos;s Reviewer server. It is checked and remembered.</source>
        <translation>Podaj adres firmowego serwera Reviewera. Zostanie sprawdzony i zapamiętany.</translation>
    </message>
    <message>
        <source>With the account that your administrator gave you.</source>
        <translation>Kontem otrzymanym od administratora.</translation>
    </message>
    <message>
        <source>&amp;Server address</source>
        <translation>Adres &amp;serwera</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>Nazwa &amp;użytkownika</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Hasło</translation>
    </message>
    <message>
        <source>One-time &amp;code</source>
        <translation>&amp;Kod jednorazowy</translation>
    </message>
    <message>
        <source>6 digits from your app</source>
        <translation>6 cyfr z aplikacji</translation>
    </message>
    <message>
        <source>Keep me signed in on this computer</source>
        <translation>Nie wylogowuj mnie na tym komputerze</translation>
    </message>
    <message>
        <source>Check and continue</source>
        <translation>Sprawdź i kontynuuj</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Zmień</translation>
    </message>
    <message>
        <source>Enter the server&apos;s address.</source>
        <translation>Podaj adres serwera.</translation>
    </message>
    <message>
        <source>Enter your user name.</source>
        <translation>Podaj nazwę użytkownika.</translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation>Podaj hasło.</translation>
    </message>
    <message>
        <source>Enter the one-time code.</source>
        <translation>Podaj kod jednorazowy.</translation>
    </message>
    <message>
        <source>Enter the code from your authenticator app.</source>
        <translation>Podaj kod z aplikacji uwierzytelniającej.</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Copies on this computer</source>
        <translation>Kopie na tym komputerze</translation>
    </message>
    <message>
        <source>Kept documents</source>
        <translation>Przechowywane dokumenty</translation>
    </message>
    <message>
        <source>Readable by your account on this computer only.</source>
        <translation>Odczyta je tylko Twoje konto na tym komputerze.</translation>
    </message>
    <message>
        <source>Days without use</source>
        <translation>Dni bez użycia</translation>
    </message>
    <message>
        <source>A document not shown for so many days is removed. All are removed when you sign out.</source>
        <translation>Dokument nieoglądany przez tyle dni jest usuwany. Przy wylogowaniu usuwane są wszystkie.</translation>
    </message>
    <message>
        <source>Drafts and acts that have not been sent are your work: they are never removed here.</source>
        <translation>Szkice i niewysłane działania to Twoja praca: tutaj nigdy nie są usuwane.</translation>
    </message>
    <message>
        <source>Remove all copies now</source>
        <translation>Usuń teraz wszystkie kopie</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n dokument</numerusform>
            <numerusform>%n dokumenty</numerusform>
            <numerusform>%n dokumentów</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SuspensionBar</name>
    <message>
        <source>Restore the company</source>
        <translation>Przywróć firmę</translation>
    </message>
    <message>
        <source>Suspend the company</source>
        <translation>Zawieś firmę</translation>
    </message>
    <message>
        <source>Its people can work again. The administrator gets the reason by mail.</source>
        <translation>Jej pracownicy znów mogą działać. Administrator dostanie powód w wiadomości.</translation>
    </message>
    <message>
        <source>Nobody can do anything in it until it is restored. Its people read the reason.</source>
        <translation>Do przywrócenia nikt nie może w niej nic zrobić. Powód zobaczą jej pracownicy.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Powód</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Przywróć</translation>
    </message>
    <message>
        <source>It waits for us again with all its documents. The reason stays with us.</source>
        <translation>Znów czeka na nas ze wszystkimi dokumentami. Powód zostaje u nas.</translation>
    </message>
    <message>
        <source>Open the case again</source>
        <translation>Otwórz sprawę ponownie</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Otwórz ponownie</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>Zawieś</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Queue</source>
        <translation>Kolejka</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Skróty klawiszowe</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Język</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Kolory</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Jak w systemie</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Jasne</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Ciemne</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Połączono</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Brak połączenia</translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message>
        <source>A case changed before your decision reached the server. Nothing was sent; your text is kept.</source>
        <translation>Sprawa zmieniła się, zanim Twoja decyzja dotarła do serwera. Nic nie wysłano; Twój tekst jest zachowany.</translation>
    </message>
    <message>
        <source>A case changed before what you did reached the server. Nothing was sent; it is kept.</source>
        <translation>Sprawa zmieniła się, zanim Twoja czynność dotarła do serwera. Nic nie wysłano; czynność jest zachowana.</translation>
    </message>
    <message numerus="yes">
        <source>%n act(s) of yours were not accepted. Your text is kept.</source>
        <translation>
            <numerusform>Nie przyjęto %n Twojej czynności. Tekst jest zachowany.</numerusform>
            <numerusform>Nie przyjęto %n Twoich czynności. Tekst jest zachowany.</numerusform>
            <numerusform>Nie przyjęto %n Twoich czynności. Tekst jest zachowany.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Pokaż</translation>
    </message>
</context>
<context>
    <name>ViewerMenu</name>
    <message>
        <source>More tools</source>
        <translation>Więcej narzędzi</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Porównaj z</translation>
    </message>
    <message>
        <source>{kind} · version {version}</source>
        <translation>{kind} · wersja {version}</translation>
    </message>
</context>
<context>
    <name>ViewsButton</name>
    <message>
        <source>Views</source>
        <translation>Widoki</translation>
    </message>
    <message>
        <source>Keep this view…</source>
        <translation>Zachowaj ten widok…</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>Usuń „{name}”</translation>
    </message>
</context>
<context>
    <name>Workplace</name>
    <message>
        <source>There is no decision that could still be taken back.</source>
        <translation>Nie ma decyzji, którą można by jeszcze cofnąć.</translation>
    </message>
</context>
<context>
    <name>_Change</name>
    <message>
        <source>{name}: was {before}, is {after}</source>
        <translation>{name}: było {before}, jest {after}</translation>
    </message>
</context>
<context>
    <name>_Foot</name>
    <message>
        <source>“Next case” claims the longest waiting case assigned to you, then that assigned to nobody; cases on hold or assigned to colleagues are left out.</source>
        <translation>„Następna sprawa” bierze najdłużej czekającą sprawę przydzieloną Tobie, a potem nieprzydzieloną nikomu; pomija sprawy wstrzymane i przydzielone innym.</translation>
    </message>
</context>
<context>
    <name>_Sighting</name>
    <message>
        <source>{outcome}, {moment}</source>
        <translation>{outcome}, {moment}</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Show document {number}</source>
        <translation>Pokaż dokument {number}</translation>
    </message>
    <message>
        <source>Reason {number} of the document</source>
        <translation>Powód {number} dokumentu</translation>
    </message>
    <message>
        <source>Back to the queue</source>
        <translation>Wróć do kolejki</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Skróty klawiszowe</translation>
    </message>
    <message>
        <source>Find an action or a case</source>
        <translation>Znajdź działanie lub sprawę</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ustawienia</translation>
    </message>
    <message>
        <source>Dashboard</source>
        <translation>Pulpit</translation>
    </message>
    <message>
        <source>Log of the program</source>
        <translation>Dziennik programu</translation>
    </message>
    <message>
        <source>Send the decision now</source>
        <translation>Wyślij decyzję teraz</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>Przywróć układ</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Wyloguj się</translation>
    </message>
    <message>
        <source>Undo the decision</source>
        <translation>Cofnij decyzję</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Szukaj</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Odśwież</translation>
    </message>
    <message>
        <source>Next case</source>
        <translation>Następna sprawa</translation>
    </message>
    <message>
        <source>Next case of the list</source>
        <translation>Następna sprawa z listy</translation>
    </message>
    <message>
        <source>Previous case of the list</source>
        <translation>Poprzednia sprawa z listy</translation>
    </message>
    <message>
        <source>Claim the case</source>
        <translation>Weź sprawę</translation>
    </message>
    <message>
        <source>Release the case</source>
        <translation>Zwolnij sprawę</translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation>Pokaż historię</translation>
    </message>
    <message>
        <source>Show the decision</source>
        <translation>Pokaż decyzję</translation>
    </message>
    <message>
        <source>Next document</source>
        <translation>Następny dokument</translation>
    </message>
    <message>
        <source>Previous document</source>
        <translation>Poprzedni dokument</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Powiększ</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Pomniejsz</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Dopasuj szerokość</translation>
    </message>
    <message>
        <source>Fit the page</source>
        <translation>Dopasuj stronę</translation>
    </message>
    <message>
        <source>Rotate right</source>
        <translation>Obróć w prawo</translation>
    </message>
    <message>
        <source>Rotate left</source>
        <translation>Obróć w lewo</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Miniatury</translation>
    </message>
    <message>
        <source>Mark a place on the page</source>
        <translation>Zaznacz miejsce na stronie</translation>
    </message>
    <message>
        <source>Search the document</source>
        <translation>Szukaj w dokumencie</translation>
    </message>
    <message>
        <source>Next place found</source>
        <translation>Następne znalezione miejsce</translation>
    </message>
    <message>
        <source>Previous place found</source>
        <translation>Poprzednie znalezione miejsce</translation>
    </message>
    <message>
        <source>Copy the selected text</source>
        <translation>Kopiuj zaznaczony tekst</translation>
    </message>
    <message>
        <source>Print the document</source>
        <translation>Wydrukuj dokument</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>Lupa</translation>
    </message>
    <message>
        <source>Compare side by side</source>
        <translation>Porównaj obok siebie</translation>
    </message>
    <message>
        <source>Lay both over each other</source>
        <translation>Nałóż jeden na drugi</translation>
    </message>
    <message>
        <source>Brighter</source>
        <translation>Jaśniej</translation>
    </message>
    <message>
        <source>Darker</source>
        <translation>Ciemniej</translation>
    </message>
    <message>
        <source>More contrast</source>
        <translation>Większy kontrast</translation>
    </message>
    <message>
        <source>Less contrast</source>
        <translation>Mniejszy kontrast</translation>
    </message>
    <message>
        <source>Invert the colours</source>
        <translation>Odwróć kolory</translation>
    </message>
    <message>
        <source>As on paper</source>
        <translation>Jak na papierze</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pełny ekran</translation>
    </message>
    <message>
        <source>Next declared value, and where it stands</source>
        <translation>Następna wartość i jej miejsce w dokumencie</translation>
    </message>
    <message>
        <source>Previous declared value</source>
        <translation>Poprzednia wartość</translation>
    </message>
    <message>
        <source>Next finding to look at</source>
        <translation>Następne ustalenie do sprawdzenia</translation>
    </message>
    <message>
        <source>Previous finding</source>
        <translation>Poprzednie ustalenie</translation>
    </message>
    <message>
        <source>Accept the document</source>
        <translation>Przyjmij dokument</translation>
    </message>
    <message>
        <source>Document needs replacement</source>
        <translation>Dokument do wymiany</translation>
    </message>
    <message>
        <source>Refuse the document</source>
        <translation>Odrzuć dokument</translation>
    </message>
    <message>
        <source>Accept all documents</source>
        <translation>Przyjmij wszystkie dokumenty</translation>
    </message>
    <message>
        <source>Approve the company</source>
        <translation>Zaakceptuj firmę</translation>
    </message>
    <message>
        <source>Ask for a correction</source>
        <translation>Poproś o poprawę</translation>
    </message>
    <message>
        <source>Refuse the company</source>
        <translation>Odmów firmie</translation>
    </message>
    <message>
        <source>Write to the customer</source>
        <translation>Napisz do klienta</translation>
    </message>
    <message>
        <source>Reasons about the company</source>
        <translation>Powody dotyczące firmy</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Napisz notatkę</translation>
    </message>
    <message>
        <source>Put the case on hold</source>
        <translation>Wstrzymaj sprawę</translation>
    </message>
    <message>
        <source>End the hold</source>
        <translation>Wznów sprawę</translation>
    </message>
    <message>
        <source>Escalate the case</source>
        <translation>Przekaż kierownikowi</translation>
    </message>
    <message>
        <source>End the escalation</source>
        <translation>Zakończ eskalację</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Wszędzie</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Kolejka</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Sprawa</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decyzja</translation>
    </message>
</context>
<context>
    <name>conflict</name>
    <message>
        <source>Note to the customer: {text}</source>
        <translation>Wiadomość do klienta: {text}</translation>
    </message>
    <message>
        <source>Internal note: {text}</source>
        <translation>Notatka wewnętrzna: {text}</translation>
    </message>
    <message>
        <source>A document</source>
        <translation>Dokument</translation>
    </message>
</context>
<context>
    <name>dashboard</name>
    <message>
        <source>under 1 working day</source>
        <translation>poniżej 1 dnia roboczego</translation>
    </message>
    <message>
        <source>1 to 2 working days</source>
        <translation>1–2 dni robocze</translation>
    </message>
    <message>
        <source>2 to 5 working days</source>
        <translation>2–5 dni roboczych</translation>
    </message>
    <message>
        <source>5 working days or more</source>
        <translation>5 dni roboczych lub dłużej</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Liczba</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Podsumowanie</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Wielkość</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Otrzymane</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Rozstrzygnięte</translation>
    </message>
    <message>
        <source>Waiting now</source>
        <translation>Czeka teraz</translation>
    </message>
    <message>
        <source>Half decided within, hours</source>
        <translation>Połowa rozstrzygnięta w ciągu, godziny</translation>
    </message>
    <message>
        <source>Nine in ten decided within, hours</source>
        <translation>Dziewięć na dziesięć w ciągu, godziny</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Dzień po dniu</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dzień</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Czeka</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>Rozstrzygnięcia</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Rozstrzygnięcie</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Powody</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Powód</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Osoba</translation>
    </message>
    <message>
        <source>By person</source>
        <translation>Według osób</translation>
    </message>
</context>
<context>
    <name>pages</name>
    <message>
        <source>“{part}” is not a page or a range. Write pages as 1, 3, 5-7.</source>
        <translation>„{part}” to nie strona ani zakres. Wpisz strony na przykład tak: 1, 3, 5-7.</translation>
    </message>
    <message>
        <source>There is no page {page}: the last one is {last}.</source>
        <translation>Nie ma strony {page}: ostatnia to {last}.</translation>
    </message>
</context>
<context>
    <name>queue</name>
    <message>
        <source>Company</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>NIP</source>
        <translation>NIP</translation>
    </message>
    <message>
        <source>Legal form</source>
        <translation>Forma prawna</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stan</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Runda</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Czeka</translation>
    </message>
    <message>
        <source>Who has it</source>
        <translation>Kto</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>Flagi</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Kontrole</translation>
    </message>
    <message>
        <source>New for me</source>
        <translation>Nowe dla mnie</translation>
    </message>
    <message>
        <source>Submitted {moment}. Working time in Poland; the target is 2 working days.</source>
        <translation>Przekazano {moment}. Czas roboczy w Polsce; cel to 2 dni robocze.</translation>
    </message>
    <message>
        <source>Assigned to {name}</source>
        <translation>Przydzielona: {name}</translation>
    </message>
    <message>
        <source>Being worked on by {name}</source>
        <translation>Prowadzi teraz: {name}</translation>
    </message>
    <message>
        <source>Assigned to {name} by {by}, {moment}</source>
        <translation>Przydzielona: {name}, przez: {by}, {moment}</translation>
    </message>
    <message>
        <source>Not seen yet</source>
        <translation>Nieoglądana</translation>
    </message>
    <message>
        <source>Data changed</source>
        <translation>Zmiana danych</translation>
    </message>
    <message>
        <source>New document</source>
        <translation>Nowy dokument</translation>
    </message>
    <message>
        <source>Submitted anew</source>
        <translation>Przekazano</translation>
    </message>
    <message>
        <source>New administrator</source>
        <translation>Nowy administrator</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notatka</translation>
    </message>
    <message>
        <source>You are named</source>
        <translation>Wspomina Cię</translation>
    </message>
    <message>
        <source>Put on hold</source>
        <translation>Wstrzymano</translation>
    </message>
    <message>
        <source>Hold ended</source>
        <translation>Wznowiono</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Eskalacja</translation>
    </message>
    <message>
        <source>Escalation ended</source>
        <translation>Koniec eskalacji</translation>
    </message>
    <message>
        <source>First approval</source>
        <translation>Pierwsza akceptacja</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Zaakceptowano</translation>
    </message>
    <message>
        <source>Sent back</source>
        <translation>Do poprawy</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Odmówiono</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>Otwarto ponownie</translation>
    </message>
    <message>
        <source>Finished by the customer</source>
        <translation>Zakończona</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>Zawieszono</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Przywrócono</translation>
    </message>
    <message>
        <source>{ok} in order, {warn} to look at, {fail} failed, {unknown} not checked</source>
        <translation>w porządku: {ok}, do sprawdzenia: {warn}, błędy: {fail}, nie sprawdzono: {unknown}</translation>
    </message>
    <message>
        <source>Can still be undone</source>
        <translation>Można cofnąć</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>Czeka na wysłanie</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Wysyłanie</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Wysłano</translation>
    </message>
    <message>
        <source>Conflict: needs your decision</source>
        <translation>Konflikt: wymaga decyzji</translation>
    </message>
    <message>
        <source>Not accepted: needs your attention</source>
        <translation>Nie przyjęto: wymaga uwagi</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Wycofano</translation>
    </message>
</context>
<context>
    <name>sightings</name>
    <message>
        <source>Same file: {value}</source>
        <translation>Ten sam plik: {value}</translation>
    </message>
    <message>
        <source>Same number: {value}</source>
        <translation>Ten sam numer: {value}</translation>
    </message>
    <message>
        <source>Same person: {value}</source>
        <translation>Ta sama osoba: {value}</translation>
    </message>
    <message>
        <source>Same address: {value}</source>
        <translation>Ten sam adres: {value}</translation>
    </message>
    <message>
        <source>Same contact: {value}</source>
        <translation>Ten sam kontakt: {value}</translation>
    </message>
    <message>
        <source>Same bank account: {value}</source>
        <translation>To samo konto: {value}</translation>
    </message>
</context>
<context>
    <name>texts</name>
    <message>
        <source>“{text}”</source>
        <translation>„{text}”</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} d {hours} h</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>przed chwilą</translation>
    </message>
    <message>
        <source>0 h</source>
        <translation>0 h</translation>
    </message>
    <message>
        <source>Polish time (Europe/Warsaw). On this computer it is {time}.</source>
        <translation>Czas polski (Europe/Warsaw). Na tym komputerze jest {time}.</translation>
    </message>
</context>
<context>
    <name>tray</name>
    <message>
        <source>The customer answered</source>
        <translation>Klient odpowiedział</translation>
    </message>
    <message>
        <source>{by} names you in a note</source>
        <translation>{by} wspomina o Tobie w notatce</translation>
    </message>
    <message>
        <source>{by} gave you a case</source>
        <translation>{by} przekazuje Ci sprawę</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Pokaż okno</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Zakończ</translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>This page cannot be shown. Click, or press Enter, to try again.</source>
        <translation>Nie można pokazać tej strony. Kliknij albo naciśnij Enter, aby spróbować ponownie.</translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation>Strona {page}</translation>
    </message>
</context>
<context>
    <name>views</name>
    <message>
        <source>Waiting for us</source>
        <translation>Czekają na nas</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Moje</translation>
    </message>
    <message>
        <source>Assigned to me</source>
        <translation>Przydzielone mi</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Wolne</translation>
    </message>
    <message>
        <source>Over the target</source>
        <translation>Po terminie</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>Eskalowane</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Wstrzymane</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Wszystkie</translation>
    </message>
</context>
</TS>
