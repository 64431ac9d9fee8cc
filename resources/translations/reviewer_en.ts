<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>for %n day(s)</source>
        <translation>
            <numerusform>for %n day</numerusform>
            <numerusform>for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) selected</source>
        <translation>
            <numerusform>%n case selected</numerusform>
            <numerusform>%n cases selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{selected}, %n left out until sent</source>
        <translation>
            <numerusform>{selected}, %n left out until sent</numerusform>
            <numerusform>{selected}, %n left out until sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DashboardView</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeclaredRow</name>
    <message numerus="yes">
        <source>In document %1</source>
        <translation>
            <numerusform>In document %1</numerusform>
            <numerusform>In documents %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentRow</name>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not looked at</source>
        <translation>
            <numerusform>%n not looked at</numerusform>
            <numerusform>%n not looked at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n act(s) have not been sent yet. They stay on this computer until you sign in again.</source>
        <translation>
            <numerusform>%n act has not been sent yet. It stays on this computer until you sign in again.</numerusform>
            <numerusform>%n acts have not been sent yet. They stay on this computer until you sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewView</name>
    <message numerus="yes">
        <source>This is the mail exactly as the customer gets it. It leaves after %n second(s); until then you can undo.</source>
        <translation>
            <numerusform>This is the mail exactly as the customer gets it. It leaves after %n second; until then you can undo.</numerusform>
            <numerusform>This is the mail exactly as the customer gets it. It leaves after %n seconds; until then you can undo.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintBar</name>
    <message numerus="yes">
        <source>%n page(s) printed. The history of the case says so.</source>
        <translation>
            <numerusform>%n page printed. The history of the case says so.</numerusform>
            <numerusform>%n pages printed. The history of the case says so.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueExtras</name>
    <message numerus="yes">
        <source>%n case(s) done.</source>
        <translation>
            <numerusform>%n case done.</numerusform>
            <numerusform>%n cases done.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TroubleBar</name>
    <message numerus="yes">
        <source>%n act(s) of yours were not accepted. Your text is kept.</source>
        <translation>
            <numerusform>%n act of yours was not accepted. Your text is kept.</numerusform>
            <numerusform>%n acts of yours were not accepted. Your text is kept.</numerusform>
        </translation>
    </message>
</context>
</TS>
