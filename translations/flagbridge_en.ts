<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>fb::AccountsTab</name>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n user</numerusform>
            <numerusform>%n users</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s), as of %1</source>
        <translation>
            <numerusform>%n group, as of %1</numerusform>
            <numerusform>%n groups, as of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is the primary group of %n user(s) and cannot be deleted.</source>
        <translation>
            <numerusform>It is the primary group of %n user and cannot be deleted.</numerusform>
            <numerusform>It is the primary group of %n users and cannot be deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ActivationTable</name>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ActivationsPage</name>
    <message numerus="yes">
        <source>%n activation(s)</source>
        <translation>
            <numerusform>%n activation</numerusform>
            <numerusform>%n activations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::AgentBuildTable</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::AgentBuildsPage</name>
    <message numerus="yes">
        <source>Update %n node(s)...</source>
        <translation>
            <numerusform>Update %n node...</numerusform>
            <numerusform>Update %n nodes...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s)</source>
        <translation>
            <numerusform>%n build</numerusform>
            <numerusform>%n builds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ApprovalsPage</name>
    <message numerus="yes">
        <source>%n node(s) waiting</source>
        <translation>
            <numerusform>%n node waiting</numerusform>
            <numerusform>%n nodes waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::AuditPage</name>
    <message numerus="yes">
        <source>the newest %n</source>
        <translation>
            <numerusform>the newest one</numerusform>
            <numerusform>the newest %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s)</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) verified, none changed or missing.</source>
        <translation>
            <numerusform>%n entry verified, none changed or missing.</numerusform>
            <numerusform>%n entries verified, none changed or missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::Banner</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ChartData</name>
    <message numerus="yes">
        <source>%n others, mean</source>
        <translation>
            <numerusform>%n other, mean</numerusform>
            <numerusform>%n others, mean</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ClonesPage</name>
    <message numerus="yes">
        <source>%n node(s) to check</source>
        <translation>
            <numerusform>%n node to check</numerusform>
            <numerusform>%n nodes to check</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::CompareSheet</name>
    <message numerus="yes">
        <source>Compare with %n node(s)</source>
        <translation>
            <numerusform>Compare with %n node</numerusform>
            <numerusform>Compare with %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) are selected, but a chart has colours for only %1 besides this one. Deselect some.</source>
        <translation>
            <numerusform>%n node is selected, but a chart has colours for only %1 besides this one. Deselect some.</numerusform>
            <numerusform>%n nodes are selected, but a chart has colours for only %1 besides this one. Deselect some.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more: type to find them</source>
        <translation>
            <numerusform>and %n more: type to find it</numerusform>
            <numerusform>and %n more: type to find them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::Composer</name>
    <message numerus="yes">
        <source>Run on %n node(s)</source>
        <translation>
            <numerusform>Run on %n node</numerusform>
            <numerusform>Run on %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Run %1 on %n node(s)?</source>
        <translation>
            <numerusform>Run %1 on %n node?</numerusform>
            <numerusform>Run %1 on %n nodes?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ConfirmSheet</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::Console</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) in quarantine</source>
        <translation>
            <numerusform>%n node in quarantine</numerusform>
            <numerusform>%n nodes in quarantine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new notification(s)</source>
        <translation>
            <numerusform>%n new notification</numerusform>
            <numerusform>%n new notifications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln node(s) online</source>
        <translation>
            <numerusform>%1 of %Ln node online</numerusform>
            <numerusform>%1 of %Ln nodes online</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DeskActions</name>
    <message numerus="yes">
        <source>End %n session(s)?</source>
        <translation>
            <numerusform>End %n session?</numerusform>
            <numerusform>End %n sessions?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>End %n session(s)</source>
        <translation>
            <numerusform>End %n session</numerusform>
            <numerusform>End %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Type into %n pane(s) at once?</source>
        <translation>
            <numerusform>Type into %n pane at once?</numerusform>
            <numerusform>Type into %n panes at once?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Broadcast to %n pane(s)</source>
        <translation>
            <numerusform>Broadcast to %n pane</numerusform>
            <numerusform>Broadcast to %n panes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DesktopHead</name>
    <message numerus="yes">
        <source>%n min left</source>
        <translation>
            <numerusform>%n min left</numerusform>
            <numerusform>%n min left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DesktopNotices</name>
    <message numerus="yes">
        <source>It is idle and ends in %n minute(s).</source>
        <translation>
            <numerusform>It is idle and ends in %n minute.</numerusform>
            <numerusform>It is idle and ends in %n minutes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Renew it, or it ends in %n minute(s).</source>
        <translation>
            <numerusform>Renew it, or it ends in %n minute.</numerusform>
            <numerusform>Renew it, or it ends in %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DesktopsPage</name>
    <message numerus="yes">
        <source>%n remote desktop(s) are open, which is the limit.</source>
        <translation>
            <numerusform>%n remote desktop is open, which is the limit.</numerusform>
            <numerusform>%n remote desktops are open, which is the limit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DocumentEditor</name>
    <message numerus="yes">
        <source>%n problem(s). Press Enter on one to go to its line.</source>
        <translation>
            <numerusform>%n problem. Press Enter on one to go to its line.</numerusform>
            <numerusform>%n problems. Press Enter on one to go to its line.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DocumentForm</name>
    <message numerus="yes">
        <source>Enter at least %n line(s).</source>
        <translation>
            <numerusform>Enter at least %n line.</numerusform>
            <numerusform>Enter at least %n lines.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enter at most %n line(s).</source>
        <translation>
            <numerusform>Enter at most %n line.</numerusform>
            <numerusform>Enter at most %n lines.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enter at least %n character(s).</source>
        <translation>
            <numerusform>Enter at least %n character.</numerusform>
            <numerusform>Enter at least %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Enter at most %n character(s).</source>
        <translation>
            <numerusform>Enter at most %n character.</numerusform>
            <numerusform>Enter at most %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::DocumentsPage</name>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::EnrolSteps</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::EnrolWizard</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::EventsPage</name>
    <message numerus="yes">
        <source>the newest %n</source>
        <translation>
            <numerusform>the newest one</numerusform>
            <numerusform>the newest %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ExportActivities</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) in %1</source>
        <translation>
            <numerusform>%n row in %1</numerusform>
            <numerusform>%n rows in %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) in %1. Rows older than the page can show are not included.</source>
        <translation>
            <numerusform>%n row in %1. Rows older than the page can show are not included.</numerusform>
            <numerusform>%n rows in %1. Rows older than the page can show are not included.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FilePane</name>
    <message numerus="yes">
        <source>the first %n line(s) are shown</source>
        <translation>
            <numerusform>the first %n line is shown</numerusform>
            <numerusform>the first %n lines are shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n long line(s) shortened</source>
        <translation>
            <numerusform>%n long line shortened</numerusform>
            <numerusform>%n long lines shortened</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FileTailModel</name>
    <message numerus="yes">
        <source>--- %n line(s) dropped: they arrive too fast ---</source>
        <translation>
            <numerusform>--- %n line dropped: they arrive too fast ---</numerusform>
            <numerusform>--- %n lines dropped: they arrive too fast ---</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FilesTab</name>
    <message numerus="yes">
        <source>%n counted</source>
        <translation>
            <numerusform>%n counted</numerusform>
            <numerusform>%n counted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted</source>
        <translation>
            <numerusform>%n deleted</numerusform>
            <numerusform>%n deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n moved</source>
        <translation>
            <numerusform>%n moved</numerusform>
            <numerusform>%n moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copied</source>
        <translation>
            <numerusform>%n copied</numerusform>
            <numerusform>%n copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %n entries</source>
        <translation>
            <numerusform>The first %1 of %n entry</numerusform>
            <numerusform>The first %1 of %n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n hidden</numerusform>
            <numerusform>%n hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries on %1?</source>
        <translation>
            <numerusform>Delete %n entry on %1?</numerusform>
            <numerusform>Delete %n entries on %1?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) and folders, %1 in all. This cannot be undone. Links are deleted, not what they point to; other file systems are not touched.</source>
        <translation>
            <numerusform>%n file and folders, %1 in all. This cannot be undone. Links are deleted, not what they point to; other file systems are not touched.</numerusform>
            <numerusform>%n files and folders, %1 in all. This cannot be undone. Links are deleted, not what they point to; other file systems are not touched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted %n file(s) and folders</source>
        <translation>
            <numerusform>Deleted %n file or folder</numerusform>
            <numerusform>Deleted %n files and folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %n file(s) and folders</source>
        <translation>
            <numerusform>Moved %n file or folder</numerusform>
            <numerusform>Moved %n files and folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %n file(s) and folders</source>
        <translation>
            <numerusform>Copied %n file or folder</numerusform>
            <numerusform>Copied %n files and folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n failed.</source>
        <translation>
            <numerusform>%1; %n failed.</numerusform>
            <numerusform>%1; %n failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1; %n skipped.</source>
        <translation>
            <numerusform>%1; %n skipped.</numerusform>
            <numerusform>%1; %n skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %n file(s) on %1?</source>
        <translation>
            <numerusform>Replace %n file on %1?</numerusform>
            <numerusform>Replace %n files on %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FleetActions</name>
    <message numerus="yes">
        <source>Deregister %n node(s)?</source>
        <translation>
            <numerusform>Deregister %n node?</numerusform>
            <numerusform>Deregister %n nodes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deregister %n node(s)</source>
        <translation>
            <numerusform>Deregister %n node</numerusform>
            <numerusform>Deregister %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deregistered %1 of %n node(s).</source>
        <translation>
            <numerusform>Deregistered %1 of %n node.</numerusform>
            <numerusform>Deregistered %1 of %n nodes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed the tags of %1 of %n node(s).</source>
        <translation>
            <numerusform>Changed the tags of %1 of %n node.</numerusform>
            <numerusform>Changed the tags of %1 of %n nodes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) deregistered.</source>
        <translation>
            <numerusform>%n node deregistered.</numerusform>
            <numerusform>%n nodes deregistered.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed the tags of %n node(s).</source>
        <translation>
            <numerusform>Changed the tags of %n node.</numerusform>
            <numerusform>Changed the tags of %n nodes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Quarantine %n node(s)?</source>
        <translation>
            <numerusform>Quarantine %n node?</numerusform>
            <numerusform>Quarantine %n nodes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Quarantine %n node(s)</source>
        <translation>
            <numerusform>Quarantine %n node</numerusform>
            <numerusform>Quarantine %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Quarantined %1 of %n node(s).</source>
        <translation>
            <numerusform>Quarantined %1 of %n node.</numerusform>
            <numerusform>Quarantined %1 of %n nodes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Released %1 of %n node(s).</source>
        <translation>
            <numerusform>Released %1 of %n node.</numerusform>
            <numerusform>Released %1 of %n nodes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) quarantined.</source>
        <translation>
            <numerusform>%n node quarantined.</numerusform>
            <numerusform>%n nodes quarantined.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) released.</source>
        <translation>
            <numerusform>%n node released.</numerusform>
            <numerusform>%n nodes released.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Profile of %n node(s)</source>
        <translation>
            <numerusform>Profile of %n node</numerusform>
            <numerusform>Profile of %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n node(s)</source>
        <translation>
            <numerusform>Change %n node</numerusform>
            <numerusform>Change %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed the profile of %1 of %n node(s).</source>
        <translation>
            <numerusform>Changed the profile of %1 of %n node.</numerusform>
            <numerusform>Changed the profile of %1 of %n nodes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed the profile of %n node(s).</source>
        <translation>
            <numerusform>Changed the profile of %n node.</numerusform>
            <numerusform>Changed the profile of %n nodes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FleetCaPage</name>
    <message numerus="yes">
        <source>%n node(s) behind</source>
        <translation>
            <numerusform>%n node behind</numerusform>
            <numerusform>%n nodes behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Every node is asked to renew its certificate, spread over time. %n connected node(s) have not confirmed the next CA; they keep working until the present CA is retired.</source>
        <translation>
            <numerusform>Every node is asked to renew its certificate, spread over time. %n connected node has not confirmed the next CA; it keeps working until the present CA is retired.</numerusform>
            <numerusform>Every node is asked to renew its certificate, spread over time. %n connected nodes have not confirmed the next CA; they keep working until the present CA is retired.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) have no certificate of the next CA: they are cut off and have to be registered anew. The key of the present CA is destroyed, and install commands made before the roll-over no longer work.</source>
        <translation>
            <numerusform>%n node has no certificate of the next CA: it is cut off and has to be registered anew. The key of the present CA is destroyed, and install commands made before the roll-over no longer work.</numerusform>
            <numerusform>%n nodes have no certificate of the next CA: they are cut off and have to be registered anew. The key of the present CA is destroyed, and install commands made before the roll-over no longer work.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retire the CA and cut off %n node(s)</source>
        <translation>
            <numerusform>Retire the CA and cut off %n node</numerusform>
            <numerusform>Retire the CA and cut off %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FleetNotices</name>
    <message numerus="yes">
        <source>%n node(s) lost the connection</source>
        <translation>
            <numerusform>%n node lost the connection</numerusform>
            <numerusform>%n nodes lost the connection</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) went into quarantine</source>
        <translation>
            <numerusform>%n node went into quarantine</numerusform>
            <numerusform>%n nodes went into quarantine</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) enrolled</source>
        <translation>
            <numerusform>%n node enrolled</numerusform>
            <numerusform>%n nodes enrolled</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FleetPage</name>
    <message numerus="yes">
        <source>Run on %n node(s)</source>
        <translation>
            <numerusform>Run on %n node</numerusform>
            <numerusform>Run on %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln managed node(s)</source>
        <translation>
            <numerusform>%Ln managed node</numerusform>
            <numerusform>%Ln managed nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln node(s) so far</source>
        <translation>
            <numerusform>%Ln node so far</numerusform>
            <numerusform>%Ln nodes so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FleetSettingWords</name>
    <message numerus="yes">
        <source>%n min</source>
        <comment>minutes</comment>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::FleetSettingsPage</name>
    <message numerus="yes">
        <source>%n setting(s) of the whole fleet, for every operator</source>
        <translation>
            <numerusform>%n setting of the whole fleet, for every operator</numerusform>
            <numerusform>%n settings of the whole fleet, for every operator</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::GroupColumns</name>
    <message numerus="yes">
        <source>%n user(s)</source>
        <translation>
            <numerusform>%n user</numerusform>
            <numerusform>%n users</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::JournalDetail</name>
    <message numerus="yes">
        <source>%n field(s) left out</source>
        <translation>
            <numerusform>%n field left out</numerusform>
            <numerusform>%n fields left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::JournalFilterRow</name>
    <message numerus="yes">
        <source>Enter at most %n units or programs.</source>
        <translation>
            <numerusform>Enter at most %n unit or program.</numerusform>
            <numerusform>Enter at most %n units or programs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::JournalPage</name>
    <message numerus="yes">
        <source>No nodes are selected yet. Select some in the fleet and choose Actions &gt; Journal, or choose all nodes with a tag above. Their journals are merged into one table in time order, corrected for the nodes&apos; clocks; at most %n node(s) at once.</source>
        <translation>
            <numerusform>No nodes are selected yet. Select some in the fleet and choose Actions &gt; Journal, or choose all nodes with a tag above. Their journals are merged into one table in time order, corrected for the nodes&apos; clocks; at most %n node at once.</numerusform>
            <numerusform>No nodes are selected yet. Select some in the fleet and choose Actions &gt; Journal, or choose all nodes with a tag above. Their journals are merged into one table in time order, corrected for the nodes&apos; clocks; at most %n nodes at once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The journals of the first %1 of %n nodes are shown.</source>
        <translation>
            <numerusform>The journals of the first %1 of %n node are shown.</numerusform>
            <numerusform>The journals of the first %1 of %n nodes are shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n node(s)</source>
        <translation>
            <numerusform>%1: %n node</numerusform>
            <numerusform>%1: %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) responding</source>
        <translation>
            <numerusform>%1 of %n node responding</numerusform>
            <numerusform>%1 of %n nodes responding</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::JournalView</name>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln entry</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) dropped: they arrive too fast</source>
        <translation>
            <numerusform>%Ln line dropped: they arrive too fast</numerusform>
            <numerusform>%Ln lines dropped: they arrive too fast</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Exporting: %Ln entries written</source>
        <translation>
            <numerusform>Exporting: %Ln entry written</numerusform>
            <numerusform>Exporting: %Ln entries written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The newest %Ln entries were exported; there are more.</source>
        <translation>
            <numerusform>The newest %Ln entry was exported; there are more.</numerusform>
            <numerusform>The newest %Ln entries were exported; there are more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries were exported.</source>
        <translation>
            <numerusform>%Ln entry was exported.</numerusform>
            <numerusform>%Ln entries were exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NodeFacts</name>
    <message numerus="yes">
        <source>valid for %n day(s)</source>
        <translation>
            <numerusform>valid for %n day</numerusform>
            <numerusform>valid for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of the agent&apos;s log were lost.</source>
        <translation>
            <numerusform>%Ln line of the agent&apos;s log was lost.</numerusform>
            <numerusform>%Ln lines of the agent&apos;s log were lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no room: %Ln line(s) lost</source>
        <translation>
            <numerusform>no room: %Ln line lost</numerusform>
            <numerusform>no room: %Ln lines lost</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NodeGroupsModel</name>
    <message numerus="yes">
        <source>%1, %n node(s)</source>
        <translation>
            <numerusform>%1, %n node</numerusform>
            <numerusform>%1, %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NodePicker</name>
    <message numerus="yes">
        <source>%n node(s) chosen: they open as a grid</source>
        <translation>
            <numerusform>%n node chosen: it opens in a tab</numerusform>
            <numerusform>%n nodes chosen: they open as a grid</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more: type to find them</source>
        <translation>
            <numerusform>and %n more: type to find it</numerusform>
            <numerusform>and %n more: type to find them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NodeTableModel</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NodeTagsTab</name>
    <message numerus="yes">
        <source>%n of 50 tag(s)</source>
        <translation>
            <numerusform>%n of 50 tags</numerusform>
            <numerusform>%n of 50 tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NodeTree</name>
    <message numerus="yes">
        <source>Open %n as a grid</source>
        <translation>
            <numerusform>Open %n</numerusform>
            <numerusform>Open %n as a grid</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::NoticesPanel</name>
    <message numerus="yes">
        <source>%1, %n times</source>
        <translation>
            <numerusform>%1, %n time</numerusform>
            <numerusform>%1, %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::OutputList</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n line differs</numerusform>
            <numerusform>%n lines differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::Palette</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::PasteSheet</name>
    <message numerus="yes">
        <source>Paste %n line(s)</source>
        <translation>
            <numerusform>Paste %n line</numerusform>
            <numerusform>Paste %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::PerformanceTab</name>
    <message numerus="yes">
        <source>last %n min</source>
        <translation>
            <numerusform>last %n min</numerusform>
            <numerusform>last %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n core(s)</source>
        <translation>
            <numerusform>%1, %n core</numerusform>
            <numerusform>%1, %n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::PlayerBar</name>
    <message numerus="yes">
        <source>%n hit(s)</source>
        <translation>
            <numerusform>%n hit</numerusform>
            <numerusform>%n hits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::PlayerPage</name>
    <message numerus="yes">
        <source>Bytes are missing at %n place(s).</source>
        <translation>
            <numerusform>Bytes are missing at %n place.</numerusform>
            <numerusform>Bytes are missing at %n places.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ProcessesTab</name>
    <message numerus="yes">
        <source>every %n s</source>
        <translation>
            <numerusform>every %n s</numerusform>
            <numerusform>every %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n process(es), as of %1</source>
        <translation>
            <numerusform>%n process, as of %1</numerusform>
            <numerusform>%n processes, as of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n process(es) got the signal.</source>
        <translation>
            <numerusform>%1 of %n process got the signal.</numerusform>
            <numerusform>%1 of %n processes got the signal.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The signal was sent to %n process(es).</source>
        <translation>
            <numerusform>The signal was sent to %n process.</numerusform>
            <numerusform>The signal was sent to %n processes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was asked to end %n second(s) ago. If killed, it cannot clean up.</source>
        <translation>
            <numerusform>It was asked to end %n second ago. If killed, it cannot clean up.</numerusform>
            <numerusform>It was asked to end %n seconds ago. If killed, it cannot clean up.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ProfilesPage</name>
    <message numerus="yes">
        <source>%n node(s) use it. Assign another profile to them first.</source>
        <translation>
            <numerusform>%n node uses it. Assign another profile to it first.</numerusform>
            <numerusform>%n nodes use it. Assign another profile to them first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n profile(s)</source>
        <translation>
            <numerusform>%n profile</numerusform>
            <numerusform>%n profiles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::QuitSheet</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RecordPage</name>
    <message numerus="yes">
        <source>%n new - Show</source>
        <translation>
            <numerusform>%n new - Show</numerusform>
            <numerusform>%n new - Show</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RecordingSearchPage</name>
    <message numerus="yes">
        <source>Type at least %n character(s).</source>
        <translation>
            <numerusform>Type at least %n character.</numerusform>
            <numerusform>Type at least %n characters.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n recording(s) so far</source>
        <translation>
            <numerusform>%1 in %n recording so far</numerusform>
            <numerusform>%1 in %n recordings so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %n recording(s)</source>
        <translation>
            <numerusform>%1 in %n recording</numerusform>
            <numerusform>%1 in %n recordings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with more matches than are listed</source>
        <translation>
            <numerusform>%n with more matches than are listed</numerusform>
            <numerusform>%n with more matches than are listed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read</source>
        <translation>
            <numerusform>%n could not be read</numerusform>
            <numerusform>%n could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RelativeTime</name>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RemoteDesktops</name>
    <message numerus="yes">
        <source>%n remote desktop(s) are open, which is the limit.</source>
        <translation>
            <numerusform>%n remote desktop is open, which is the limit.</numerusform>
            <numerusform>%n remote desktops are open, which is the limit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A remote desktop ends after %n minute(s) unless it is renewed.</source>
        <translation>
            <numerusform>A remote desktop ends after %n minute unless it is renewed.</numerusform>
            <numerusform>A remote desktop ends after %n minutes unless it is renewed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was idle for %n minute(s).</source>
        <translation>
            <numerusform>It was idle for %n minute.</numerusform>
            <numerusform>It was idle for %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunActivities</name>
    <message numerus="yes">
        <source>%n node(s) succeeded</source>
        <translation>
            <numerusform>%n node succeeded</numerusform>
            <numerusform>%n nodes succeeded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) succeeded</source>
        <translation>
            <numerusform>%1 of %n node succeeded</numerusform>
            <numerusform>%1 of %n nodes succeeded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n node(s) done</source>
        <translation>
            <numerusform>%1 of %n node done</numerusform>
            <numerusform>%1 of %n nodes done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nodes that have not started are skipped; %n running one(s) are asked to stop.</source>
        <translation>
            <numerusform>Nodes that have not started are skipped; %n running one is asked to stop.</numerusform>
            <numerusform>Nodes that have not started are skipped; %n running ones are asked to stop.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunComparePage</name>
    <message numerus="yes">
        <source>%n output(s) differ</source>
        <translation>
            <numerusform>%n output differs</numerusform>
            <numerusform>%n outputs differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the output differ</source>
        <translation>
            <numerusform>%n line of the output differs</numerusform>
            <numerusform>%n lines of the output differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunNodesTab</name>
    <message numerus="yes">
        <source>%n different output(s)</source>
        <translation>
            <numerusform>%n output</numerusform>
            <numerusform>%n different outputs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) with the same output</source>
        <translation>
            <numerusform>%n node with the same output</numerusform>
            <numerusform>%n nodes with the same output</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Run on these %n</source>
        <translation>
            <numerusform>Run on this one</numerusform>
            <numerusform>Run on these %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunPage</name>
    <message numerus="yes">
        <source>%1 of %n node(s) done</source>
        <translation>
            <numerusform>%1 of %n node done</numerusform>
            <numerusform>%1 of %n nodes done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) that have not started are skipped.</source>
        <translation>
            <numerusform>%n node that has not started is skipped.</numerusform>
            <numerusform>%n nodes that have not started are skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running node(s) are asked to stop; what they have done stays.</source>
        <translation>
            <numerusform>%n running node is asked to stop; what it has done stays.</numerusform>
            <numerusform>%n running nodes are asked to stop; what they have done stays.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunRate</name>
    <message numerus="yes">
        <source>%n at a time; errors do not stop it.</source>
        <translation>
            <numerusform>%n at a time; errors do not stop it.</numerusform>
            <numerusform>%n at a time; errors do not stop it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n at a time; the first ones slower. It stops at error %1.</source>
        <translation>
            <numerusform>%n at a time; the first ones slower. It stops at error %1.</numerusform>
            <numerusform>%n at a time; the first ones slower. It stops at error %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunWords</name>
    <message numerus="yes">
        <source>%n chosen node(s)</source>
        <translation>
            <numerusform>%n chosen node</numerusform>
            <numerusform>%n chosen nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::RunsPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::SearchBar</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ServicePane</name>
    <message numerus="yes">
        <source>%n automatic</source>
        <translation>
            <numerusform>%n automatic</numerusform>
            <numerusform>%n automatic</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ServicesTab</name>
    <message numerus="yes">
        <source>%n unit(s), as of %1</source>
        <translation>
            <numerusform>%n unit, as of %1</numerusform>
            <numerusform>%n units, as of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::SessionDesk</name>
    <message numerus="yes">
        <source>%n of your sessions are still running.</source>
        <translation>
            <numerusform>%n of your sessions is still running.</numerusform>
            <numerusform>%n of your sessions are still running.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Open %n as a grid</source>
        <translation>
            <numerusform>Open %n</numerusform>
            <numerusform>Open %n as a grid</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::SessionDeskModel</name>
    <message numerus="yes">
        <source>%n pane(s)</source>
        <translation>
            <numerusform>%n pane</numerusform>
            <numerusform>%n panes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::SessionsPage</name>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::SettingField</name>
    <message numerus="yes">
        <source>and %n more</source>
        <extracomment>%n more wrong lines than those that are listed above</extracomment>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::SignInViewModel</name>
    <message numerus="yes">
        <source>You signed in with a recovery code; %n of them are left. Make new ones under Two-step sign-in.</source>
        <translation>
            <numerusform>You signed in with a recovery code; %n of them is left. Make new ones under Two-step sign-in.</numerusform>
            <numerusform>You signed in with a recovery code; %n of them are left. Make new ones under Two-step sign-in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wait %n second(s) before the next attempt.</source>
        <translation>
            <numerusform>Wait %n second before the next attempt.</numerusform>
            <numerusform>Wait %n seconds before the next attempt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Wait %n minute(s) before the next attempt.</source>
        <translation>
            <numerusform>Wait %n minute before the next attempt.</numerusform>
            <numerusform>Wait %n minutes before the next attempt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::StartSheet</name>
    <message numerus="yes">
        <source>Start %n session(s)</source>
        <translation>
            <numerusform>Start %n session</numerusform>
            <numerusform>Start %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TagSheet</name>
    <message numerus="yes">
        <source>Tags of %n node(s)</source>
        <translation>
            <numerusform>Tags of %n node</numerusform>
            <numerusform>Tags of %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n node(s)</source>
        <translation>
            <numerusform>Change %n node</numerusform>
            <numerusform>Change %n nodes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TargetPicker</name>
    <message numerus="yes">
        <source>%n chosen node(s)</source>
        <translation>
            <numerusform>%n chosen node</numerusform>
            <numerusform>%n chosen nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Matches %n node(s) now.</source>
        <translation>
            <numerusform>Matches %n node now.</numerusform>
            <numerusform>Matches %n nodes now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Matches %n node(s) now (%1 offline).</source>
        <translation>
            <numerusform>Matches %n node now (%1 offline).</numerusform>
            <numerusform>Matches %n nodes now (%1 offline).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TerminalView</name>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>%n new line</numerusform>
            <numerusform>%n new lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It would hold %n character(s): %1</source>
        <translation>
            <numerusform>It would hold %n character: %1</numerusform>
            <numerusform>It would hold %n characters: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TextViewer</name>
    <message numerus="yes">
        <source>%n place(s)</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::ToastStack</name>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <translation>
            <numerusform>%1 (%n time)</numerusform>
            <numerusform>%1 (%n times)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TunnelsPage</name>
    <message numerus="yes">
        <source>%n tunnel(s)</source>
        <translation>
            <numerusform>%n tunnel</numerusform>
            <numerusform>%n tunnels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) are cut off. It is not reopened automatically.</source>
        <translation>
            <numerusform>%n connection is cut off. It is not reopened automatically.</numerusform>
            <numerusform>%n connections are cut off. It is not reopened automatically.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::TwoStepSheet</name>
    <message numerus="yes">
        <source>It is on since %1. %n recovery code(s) are left.</source>
        <translation>
            <numerusform>It is on since %1. %n recovery code is left.</numerusform>
            <numerusform>It is on since %1. %n recovery codes are left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>fb::VersionCompare</name>
    <message numerus="yes">
        <source>%n line(s) differ</source>
        <translation>
            <numerusform>%n line differs</numerusform>
            <numerusform>%n lines differ</numerusform>
        </translation>
    </message>
</context>
</TS>
