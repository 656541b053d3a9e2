#pragma once
// The desk's arrangement as it outlives the console: tabs, panes, names, and the sessions in them. What a file says that is not whole is left
// out. Value; any thread.

#include "models/nodes/sessions/pane_layout.h"
#include "models/nodes/sessions/session_links_source.h"

#include <QHash>

namespace fb {

struct KeptPane {
    QString sessionId;
    SessionWish wish; // to open it again when it has ended
    bool operator==(const KeptPane &) const = default;
};

struct KeptTab {
    QString name;
    PaneLayout layout;
    QHash<int, KeptPane> panes {}; // one for each of the layout
    bool isCurrent = false;
    bool operator==(const KeptTab &) const = default;
};

struct KeptDesk {
    static constexpr int kMostTabs = 100;

    QList<KeptTab> tabs;

    QByteArray toBytes() const;
    static KeptDesk fromBytes(const QByteArray &bytes);
    bool operator==(const KeptDesk &) const = default;
};

}
