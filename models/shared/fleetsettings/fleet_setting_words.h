#pragma once
// Service settings in plain words: how each is called, what it does, how it is edited, what its values mean. One that this console does not
// know is shown by its id and edited as text. Values; ui thread.

#include "models/shared/fleetsettings/fleet_setting_row.h"

namespace fb {

// How a value is edited.
enum class SettingKind {
    Switch, // one of two
    Choice, // one of several
    Percent, // 1 to 100, or -1: off
    Minutes, // a whole number from the row's least to its most
    Count, // the same, of things
    Mebibytes, // the same
    Networks, // addresses and networks, parted by commas; $None: no more
    Secret, // shown to nobody once it is set; $None: none
    Profile, // a node profile; $None: none
    Text // $None: nothing
};

class FleetSettingWords
{
    Q_DECLARE_TR_FUNCTIONS(fb::FleetSettingWords)
public:
    static const QString kNone; // "$None"
    static const QString kOff; // "-1"
    // Of remote desktops; the console itself goes by them.
    static const QString kDesktopMinutes;
    static const QString kDesktopIdleMinutes;
    static const QString kDesktopsAtOnce;
    static const QString kLeastFree; // of the artifacts' disk

    static bool isKnown(const QString &id);
    static QString title(const QString &id);
    static QString meaning(const QString &id); // in whole sentences
    static QString area(const QString &id); // "Nodes", "Sessions"
    static bool isKept(const QString &id); // for AWS's tools alone: nothing here goes by it yet
    static SettingKind kind(const FleetSettingRow &row);
    static QString value(const FleetSettingRow &row, const QString &value); // in one line: "on", "40 %"

    // Of a switch.
    static bool isOn(const QString &value);
    static QString switched(const FleetSettingRow &row, bool on); // the value that says so
};

}
