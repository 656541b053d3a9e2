#pragma once
// What one feature adds to the window: its pages in the sidebar, its commands in menu and palette, and what the palette finds of it. A
// new system brings one function here, in a file of its own. Ui thread.

#include "models/nodes/activations/activations_source.h"
#include "models/nodes/activations/approvals_source.h"
#include "models/nodes/fleet/hardware_source.h"
#include "models/nodes/profiles/profiles_source.h"
#include "models/nodes/sessions/sessions_source.h"
#include "models/shared/audit/audit_source.h"
#include "models/shared/documents/documents_source.h"
#include "models/shared/events/events_view_model.h"
#include "models/shared/fleetsettings/fleet_settings_source.h"
#include "ui/shell/main_window.h"

namespace fb {

class AgentBuildsViewModel;
class CaRollOverViewModel;
class Console;
class DemoFleet;
class DesktopScreens;
class DraftStore;
class FirstSteps;
class FleetViewModel;
class ConsoleSettings;
class KeyBackup;
class NodeSource;
class RunsViewModel;
class TerminalThread;
struct ToolSources;

struct ConsoleFeature {
    QList<PageEntry> pages;
    QList<ShellCommand> commands;
    // What the palette finds of it: at most `most` of a kind whose title or context holds `query`. Asked at each key; may be empty.
    std::function<QList<PaletteEntry>(const QString &query, int most)> things;
};

void openEnrolWizard(Console &console, FleetViewModel &fleet);
ConsoleFeature activationsFeature(Console &console, ActivationsViewModel &activations,
                                  ApprovalsViewModel &approvals, HardwareViewModel &hardware,
                                  FleetViewModel &fleet);
ConsoleFeature fleetFeature(Console &console, FleetViewModel &fleet, NodeSource &nodes,
                            const ToolSources &tools, DemoFleet &demo, FirstSteps &firstSteps,
                            DraftStore &drafts);
ConsoleFeature journalFeature(FleetViewModel &fleet, const ToolSources &tools);
ConsoleFeature fleetSettingsFeature(FleetSettingsViewModel &settings, ProfilesViewModel &profiles);
ConsoleFeature profilesFeature(ProfilesViewModel &profiles);
ConsoleFeature fleetCaFeature(CaRollOverViewModel &rollOver);
ConsoleFeature agentBuildsFeature(Console &console, AgentBuildsViewModel &builds);
ConsoleFeature auditFeature(AuditViewModel &audit);
ConsoleFeature documentsFeature(Console &console, DocumentsViewModel &documents, DraftStore &drafts);
ConsoleFeature eventsFeature(EventsViewModel &events);
ConsoleFeature sessionsFeature(Console &console, SessionsViewModel &sessions,
                               RecordingSearchViewModel &recordings, TunnelsViewModel &tunnels,
                               DesktopScreens &screens, FleetViewModel &fleet, ConsoleSettings &settings,
                               TerminalThread &terminals);
ConsoleFeature settingsFeature(Console &console, ConsoleSettings &settings, KeyBackup &keyBackup,
                               FirstSteps &firstSteps);
ConsoleFeature runCommandFeature(Console &console, RunsViewModel &runs);

}
