#include "models/nodes/runcommand/run.h"

namespace fb {

using namespace Qt::StringLiterals;

void RunCounts::add(StateKind kind)
{
    switch (kind) {
    case StateKind::Success:
        ++succeeded;
        break;
    case StateKind::Failed:
        ++failed;
        break;
    case StateKind::TimedOut:
        ++timedOut;
        break;
    case StateKind::Running:
        ++running;
        break;
    case StateKind::Waiting:
    case StateKind::ConnectionLost:
        ++waiting;
        break;
    case StateKind::None:
    case StateKind::Cancelled:
    case StateKind::Quarantined:
    case StateKind::Active:
    case StateKind::Full:
    case StateKind::Customized:
    case StateKind::Preferred:
    case StateKind::Warning:
    case StateKind::Notice:
        ++cancelled;
        break;
    }
}

QString RunWords::word(const QString &details)
{
    static const QHash<QString, const char *> words {
        {u"Pending"_s, QT_TR_NOOP("Waiting")},
        {u"Delayed"_s, QT_TR_NOOP("Waiting for the node")},
        {u"InProgress"_s, QT_TR_NOOP("Running")},
        {u"Cancelling"_s, QT_TR_NOOP("Cancelling")},
        {u"Success"_s, QT_TR_NOOP("Success")},
        {u"Failed"_s, QT_TR_NOOP("Failed")},
        {u"ExecutionTimedOut"_s, QT_TR_NOOP("Execution timed out")},
        {u"DeliveryTimedOut"_s, QT_TR_NOOP("Delivery timed out")},
        {u"Cancelled"_s, QT_TR_NOOP("Cancelled")},
        {u"Terminated"_s, QT_TR_NOOP("Stopped after errors")},
        {u"Undeliverable"_s, QT_TR_NOOP("Undeliverable")},
        {u"InvalidPlatform"_s, QT_TR_NOOP("Wrong platform")},
        {u"AccessDenied"_s, QT_TR_NOOP("Access denied")},
        {u"NoInstancesInTag"_s, QT_TR_NOOP("No node matched")},
        {u"RateExceeded"_s, QT_TR_NOOP("Too many waiting")},
        {u"Incomplete"_s, QT_TR_NOOP("Incomplete")},
    };
    const auto found = words.constFind(details);
    return found == words.constEnd() ? details : tr(*found);
}

StateKind RunWords::kind(const QString &details)
{
    static const QHash<QString, StateKind> kinds {
        {u"Pending"_s, StateKind::Waiting},           {u"Delayed"_s, StateKind::Waiting},
        {u"InProgress"_s, StateKind::Running},        {u"Cancelling"_s, StateKind::Running},
        {u"Success"_s, StateKind::Success},           {u"Failed"_s, StateKind::Failed},
        {u"Incomplete"_s, StateKind::Failed},         {u"NoInstancesInTag"_s, StateKind::Failed},
        {u"RateExceeded"_s, StateKind::Failed},       {u"ExecutionTimedOut"_s, StateKind::TimedOut},
        {u"DeliveryTimedOut"_s, StateKind::TimedOut}, {u"TimedOut"_s, StateKind::TimedOut},
        {u"Cancelled"_s, StateKind::Cancelled},       {u"Terminated"_s, StateKind::Cancelled},
        {u"Undeliverable"_s, StateKind::Cancelled},   {u"InvalidPlatform"_s, StateKind::Cancelled},
        {u"AccessDenied"_s, StateKind::Cancelled},
    };
    return kinds.value(details, StateKind::None);
}

bool RunWords::isOver(const QString &details)
{
    const StateKind state = kind(details);
    return state != StateKind::Waiting && state != StateKind::Running && state != StateKind::None;
}

QString RunWords::kindWord(StateKind kind)
{
    switch (kind) {
    case StateKind::Success:
        //: after a number: how many nodes
        return tr("Succeeded");
    case StateKind::Failed:
        //: after a number: how many nodes
        return tr("Failed");
    case StateKind::TimedOut:
        //: after a number: how many nodes
        return tr("Timed out");
    case StateKind::Running:
        //: after a number: how many nodes
        return tr("Running");
    case StateKind::Waiting:
    case StateKind::ConnectionLost:
        //: after a number: how many nodes
        return tr("Waiting");
    case StateKind::Cancelled:
    case StateKind::Quarantined:
    case StateKind::Active:
    case StateKind::Full:
    case StateKind::Customized:
    case StateKind::Preferred:
    case StateKind::Warning:
    case StateKind::Notice:
    case StateKind::None:
        break;
    }
    //: after a number: how many nodes
    return tr("Not run");
}

QString RunWords::targetsText(const RunTargets &targets)
{
    if (targets.all)
        return tr("All nodes");
    if (!targets.tags.isEmpty())
        return targets.tags.join(u", "_s);
    return tr("%n chosen node(s)", nullptr, static_cast<int>(targets.nodeIds.size()));
}

}
