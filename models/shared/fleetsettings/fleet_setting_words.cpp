#include "models/shared/fleetsettings/fleet_setting_words.h"

#include "models/shared/fleetsettings/network_lines.h"
#include "models/table/percent_text.h"
#include "models/table/visible_text.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace fb {

using namespace Qt::StringLiterals;

const QString FleetSettingWords::kNone = u"$None"_s;
const QString FleetSettingWords::kOff = u"-1"_s;
const QString FleetSettingWords::kDesktopMinutes = u"/flagbridge/fleet-manager/desktop-minutes"_s;
const QString FleetSettingWords::kDesktopIdleMinutes = u"/flagbridge/fleet-manager/desktop-idle-minutes"_s;
const QString FleetSettingWords::kDesktopsAtOnce = u"/flagbridge/fleet-manager/desktops-at-once"_s;
const QString FleetSettingWords::kLeastFree = u"/flagbridge/artifacts/least-free-mib"_s;

namespace {
    enum class Area {
        Nodes,
        Sessions,
        Console,
        Documents,
        Storage,
        Parameters,
        Operations,
        Applications,
        Automation,
        Other
    };

    struct Known {
        const char *id;
        Area area;
        SettingKind kind;
        bool isKept; // nothing here goes by it yet
        const char *title;
        const char *meaning;
    };

    // In the words of QT_TRANSLATE_NOOP: they are translated when they are shown.
    constexpr std::array kKnown {
        Known {"/ssm/managed-instance/default-ec2-instance-management-role", Area::Nodes,
               SettingKind::Profile, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Profile of new nodes"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "The node profile of nodes that join with an activation of the profile "
                                 "Default. Activations with another profile keep their own.")},
        Known {
            "/flagbridge/managed-instance/hardware-similarity-threshold", Area::Nodes, SettingKind::Percent,
            false, QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Hardware that must match"),
            QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                              "How many of a node's nine hardware values must still match. A node with fewer "
                              "matches is listed under Possible clones as one whose hardware changed.")},
        Known {"/flagbridge/managed-instance/strict-hardware", Area::Nodes, SettingKind::Switch, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Refuse nodes whose hardware changed"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "A node whose hardware changed is refused like another machine until an "
                                 "operator accepts it. When off, it is accepted and listed.")},
        Known {"/ssm/managed-instance/activation-tier", Area::Nodes, SettingKind::Choice, true,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Node tier"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "AWS bills advanced nodes. A fleet of your own has no tiers.")},
        Known {"/flagbridge/session-manager/reason-required", Area::Sessions, SettingKind::Switch, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Sessions need a reason"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "A session starts only with a reason, which stays in its history and in the "
                                 "audit log.")},
        Known {"/flagbridge/session-manager/denied-forwards", Area::Sessions, SettingKind::Networks, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Addresses blocked for tunnels"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "Tunnels through a node cannot reach these addresses and networks. Every "
                                 "agent also refuses the cloud provider's own addresses.")},
        Known {"/flagbridge/fleet-manager/desktop-minutes", Area::Sessions, SettingKind::Minutes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Longest remote desktop"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "A remote desktop ends after this time unless its operator renews it. An "
                                 "open one keeps its time until it is renewed.")},
        Known {"/flagbridge/fleet-manager/desktop-idle-minutes", Area::Sessions, SettingKind::Minutes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Idle time of a remote desktop"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "A remote desktop that is idle for this long ends, so that no screen stays "
                                 "open unattended.")},
        Known {"/flagbridge/fleet-manager/desktops-at-once", Area::Sessions, SettingKind::Count, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Remote desktops at once"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "How many remote desktops one console may have open. Four of them are shown "
                                 "side by side; others open in their own windows.")},
        Known {"/flagbridge/console/idle-lock-minutes", Area::Console, SettingKind::Minutes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Lock consoles after"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "A console that nobody has touched for this long locks and asks for the "
                                 "password. What runs goes on. Consoles lock only once operators sign in.")},
        Known {"/ssm/documents/console/public-sharing-permission", Area::Documents, SettingKind::Choice,
               false, QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Public sharing of documents"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "Whether a document may be shared with all accounts at once. Documents that "
                                 "are already shared this way stay shared.")},
        Known {"/flagbridge/s3/endpoint", Area::Documents, SettingKind::Text, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "S3 server of attachments"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "Where attachments of documents with the address s3://... are fetched from: "
                                 "https://host or https://host:port of an S3-compatible server.")},
        Known {"/flagbridge/s3/region", Area::Documents, SettingKind::Text, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Region of the S3 server"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "The region that requests to the S3 server are signed for. Many servers of "
                                 "your own take us-east-1.")},
        Known {"/flagbridge/s3/access-key-id", Area::Documents, SettingKind::Text, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Access key of the S3 server"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "The access key ID that the engine signs its requests to the S3 server "
                                 "with. Without one they are not signed.")},
        Known {"/flagbridge/s3/secret-access-key", Area::Documents, SettingKind::Secret, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Secret key of the S3 server"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "The secret access key that belongs to the access key. It is kept encrypted "
                                 "and shown to nobody.")},
        Known {"/flagbridge/artifacts/total-mib", Area::Storage, SettingKind::Mebibytes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Room for all artifacts"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "How much outputs, recordings, files of documents and agent builds may take "
                                 "together. Beyond it the oldest outputs are removed; commands still run.")},
        Known {"/flagbridge/artifacts/outputs-mib", Area::Storage, SettingKind::Mebibytes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Room for outputs"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "How much the outputs of commands may take beyond the first 8 KiB of each. "
                                 "Beyond it the oldest are removed until a tenth is free.")},
        Known {"/flagbridge/artifacts/recordings-mib", Area::Storage, SettingKind::Mebibytes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Room for recordings"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "How much recordings of sessions may take. Beyond it operators are warned, "
                                 "and the oldest are removed only where that is allowed.")},
        Known {"/flagbridge/artifacts/remove-recordings", Area::Storage, SettingKind::Switch, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Remove recordings to free space"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "Recordings are evidence. When on, the oldest are removed once outputs can "
                                 "give no more room. When off, they stay until their time is over.")},
        Known {"/flagbridge/artifacts/document-files-mib", Area::Storage, SettingKind::Mebibytes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Room for files of documents"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "How much attachments and files in artifact folders may take. Beyond it new "
                                 "ones are refused; none is ever removed to make room.")},
        Known {
            "/flagbridge/artifacts/agent-builds-mib", Area::Storage, SettingKind::Mebibytes, false,
            QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Room for agent builds"),
            QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                              "How much builds of the agent may take. Beyond it new ones are refused; none "
                              "is ever removed to make room.")},
        Known {"/flagbridge/artifacts/least-free-mib", Area::Storage, SettingKind::Mebibytes, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Least free space of the disk"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "When the disk of the artifacts has less than this, the oldest outputs are "
                                 "removed, whatever they take. A store in PostgreSQL knows of no disk.")},
        Known {"/ssm/parameter-store/default-parameter-tier", Area::Parameters, SettingKind::Choice, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Default parameter tier"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "The tier of parameters that are created without one.")},
        Known {"/flagbridge/parameter-store/strict-path-deny", Area::Parameters, SettingKind::Switch, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Denied parameters below a path"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "Reading a whole path leaves out the parameters below it that the caller "
                                 "may not read. When off, they are returned too, as AWS does.")},
        Known {"/flagbridge/parameter-store/standard-parameters", Area::Parameters, SettingKind::Count, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Most standard parameters"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "How many parameters of the Standard tier there may be. Beyond it, creating "
                                 "one is refused.")},
        Known {"/flagbridge/parameter-store/advanced-parameters", Area::Parameters, SettingKind::Count, false,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Most advanced parameters"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "How many parameters of the Advanced tier there may be. Beyond it, creating "
                                 "one is refused.")},
        Known {
            "/ssm/parameter-store/high-throughput-enabled", Area::Parameters, SettingKind::Switch, true,
            QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Parameter throughput"),
            QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                              "On AWS this raises the request rate for a fee. Nothing is throttled here.")},
        Known {"/ssm/opsinsights/opscenter", Area::Operations, SettingKind::Switch, true,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "OpsCenter insights"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "Whether OpsCenter looks for many OpsItems of one kind.")},
        Known {"/ssm/appmanager/appmanager-enabled", Area::Applications, SettingKind::Switch, true,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Application Manager"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Whether Application Manager is in use.")},
        Known {"/ssm/automation/customer-script-log-destination", Area::Automation, SettingKind::Text, true,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Log destination of automation scripts"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "Where the output of aws:executeScript steps goes: CloudWatch with AWS.")},
        Known {"/ssm/automation/customer-script-log-group-name", Area::Automation, SettingKind::Text, true,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Log group of automation scripts"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "The name of the log group that the output of aws:executeScript steps goes "
                                 "to.")},
        Known {"/ssm/automation/enable-adaptive-concurrency", Area::Automation, SettingKind::Switch, true,
               QT_TRANSLATE_NOOP("fb::FleetSettingWords", "Adaptive concurrency of automations"),
               QT_TRANSLATE_NOOP("fb::FleetSettingWords",
                                 "AWS raises the number of automations that run at once while many "
                                 "wait.")},
    };

    const Known *find(const QString &id)
    {
        const auto known = std::find_if(kKnown.begin(), kKnown.end(),
                                        [&id](const Known &each) { return id == QLatin1String(each.id); });
        return known == kKnown.end() ? nullptr : &*known;
    }

    // The two words that switches of AWS's have, "on" first.
    constexpr std::array<std::array<const char *, 2>, 4> kSwitchWords {
        {{"true", "false"}, {"True", "False"}, {"Enabled", "Disabled"}, {"Enable", "Disable"}}};
}

bool FleetSettingWords::isKnown(const QString &id) { return find(id) != nullptr; }

QString FleetSettingWords::title(const QString &id)
{
    const Known *known = find(id);
    return known ? tr(known->title) : visibleText(id, 80);
}

QString FleetSettingWords::meaning(const QString &id)
{
    const Known *known = find(id);
    return known ? tr(known->meaning) : tr("A setting that this console does not know.");
}

bool FleetSettingWords::isKept(const QString &id)
{
    const Known *known = find(id);
    return known && known->isKept;
}

QString FleetSettingWords::area(const QString &id)
{
    const Known *known = find(id);
    switch (known ? known->area : Area::Other) {
    case Area::Nodes:
        //: what a setting is about
        return tr("Nodes");
    case Area::Sessions:
        //: what a setting is about
        return tr("Sessions");
    case Area::Console:
        //: what a setting is about
        return tr("Console");
    case Area::Documents:
        //: what a setting is about
        return tr("Documents");
    case Area::Storage:
        //: what a setting is about: the room that outputs, recordings and files take
        return tr("Storage");
    case Area::Parameters:
        //: what a setting is about
        return tr("Parameters");
    case Area::Operations:
        //: what a setting is about
        return tr("Operations");
    case Area::Applications:
        //: what a setting is about
        return tr("Applications");
    case Area::Automation:
        //: what a setting is about
        return tr("Automation");
    case Area::Other:
        break;
    }
    //: what a setting is about: something else
    return tr("Other");
}

SettingKind FleetSettingWords::kind(const FleetSettingRow &row)
{
    if (const Known *known = find(row.id))
        return known->kind;
    return row.allowed.isEmpty() ? SettingKind::Text : SettingKind::Choice;
}

bool FleetSettingWords::isOn(const QString &value)
{
    return std::any_of(kSwitchWords.begin(), kSwitchWords.end(),
                       [&value](const auto &words) { return value == QLatin1String(words[0]); });
}

QString FleetSettingWords::switched(const FleetSettingRow &row, bool on)
{
    const auto is = [on](const QString &value) { return isOn(value) == on; };
    const auto found = std::find_if(row.allowed.begin(), row.allowed.end(), is);
    return found == row.allowed.end() ? row.value : *found;
}

QString FleetSettingWords::value(const FleetSettingRow &row, const QString &value)
{
    switch (kind(row)) {
    case SettingKind::Switch:
        //: of a switch
        return isOn(value) ? tr("on") : tr("off");
    case SettingKind::Percent: {
        if (value == kOff)
            return tr("off");
        bool isNumber = false;
        const int percent = value.toInt(&isNumber);
        return isNumber ? percentText(percent) : visibleText(value);
    }
    case SettingKind::Minutes: {
        bool isNumber = false;
        const int minutes = value.toInt(&isNumber);
        return isNumber ? tr("%n min", "minutes", minutes) : visibleText(value);
    }
    case SettingKind::Mebibytes: {
        bool isNumber = false;
        const qint64 mebibytes = value.toLongLong(&isNumber);
        return isNumber ? QLocale().formattedDataSize(mebibytes << 20, 1, QLocale::DataSizeIecFormat)
                        : visibleText(value);
    }
    case SettingKind::Networks: {
        //: no addresses
        return value == kNone ? tr("none") : visibleText(value);
    }
    case SettingKind::Secret:
        if (value != kNone)
            //: of a secret: there is one, but it is not shown
            return tr("set, not shown");
        break;
    case SettingKind::Profile:
        //: no profile
        return value == kNone ? tr("the activation's own") : visibleText(value);
    case SettingKind::Choice:
        if (value == u"Enable")
            //: something may be done
            return tr("allowed");
        if (value == u"Disable")
            //: something may not be done
            return tr("not allowed");
        break;
    case SettingKind::Count:
    case SettingKind::Text:
        break;
    }
    //: nothing is set
    return value == kNone ? tr("none") : visibleText(value);
}

}
