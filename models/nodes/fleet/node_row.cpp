#include "models/nodes/fleet/node_row.h"

#include <algorithm>

namespace fb {

bool NodeRow::matches(const QStringList &words) const
{
    return std::all_of(words.begin(), words.end(), [this](const QString &word) {
        const auto has = [&word](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
        return has(name) || has(id) || has(platform) || std::any_of(tags.begin(), tags.end(), has);
    });
}

QString PingWords::word(PingState state)
{
    switch (state) {
    case PingState::Online:
        //: state of a node
        return tr("Online");
    case PingState::Silent:
        //: state of a node: connected, but nothing heard for 40 seconds
        return tr("Silent");
    case PingState::ConnectionLost:
        //: state of a node
        return tr("Connection lost");
    case PingState::Registered:
        //: state of a node: enrolled, never connected yet
        return tr("Registered");
    case PingState::Quarantined:
        //: state of a node
        return tr("Quarantined");
    }
    return {};
}

StateKind PingWords::kind(PingState state)
{
    switch (state) {
    case PingState::Online:
        return StateKind::Success;
    case PingState::Silent:
    case PingState::Registered:
        return StateKind::Waiting;
    case PingState::ConnectionLost:
        return StateKind::ConnectionLost;
    case PingState::Quarantined:
        return StateKind::Quarantined;
    }
    return StateKind::None;
}

QString PingWords::key(PingState state)
{
    switch (state) {
    case PingState::Online:
        return QStringLiteral("Online");
    case PingState::Silent:
        return QStringLiteral("Silent");
    case PingState::ConnectionLost:
        return QStringLiteral("ConnectionLost");
    case PingState::Registered:
        return QStringLiteral("Registered");
    case PingState::Quarantined:
        return QStringLiteral("Quarantined");
    }
    return {};
}

QString PingWords::apiWord(PingState state)
{
    switch (state) {
    case PingState::Online:
    case PingState::Silent:
        return QStringLiteral("Online");
    case PingState::ConnectionLost:
    case PingState::Registered:
    case PingState::Quarantined:
        return QStringLiteral("ConnectionLost");
    }
    return {};
}

}
