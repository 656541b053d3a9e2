#pragma once
// What a detail pane shows of one row (ux.md 4): name, id, state, actions, facts, raw text. Values that the page's feature puts together;
// ui thread.

#include "models/table/state_kind.h"
#include "ui/theme/icon.h"
#include "ui/widgets/compare_list.h"

#include <QList>
#include <QPair>
#include <QString>

#include <functional>

namespace fb {

struct RecordAction {
    QString name; // object name
    QString text; // verb and object
    Icon icon = Icon::None;
    std::function<void()> run;
    QString forbidden; // why it cannot be done now; empty: it can
    bool changes = false; // something in the engine: waits while that does not answer
    const char *action = nullptr; // the permission it takes: "ssm:TerminateSession"
};

struct RecordDetail {
    QString title;
    QString id; // in fixed width, with a button to copy it
    StateKind state = StateKind::None;
    QString stateWord; // empty: no chip
    QList<QPair<QString, QString>> facts; // label, value
    QStringList tags;
    Comparison comparison {}; // under the facts
    QList<RecordAction> actions; // a few
    QString raw; // JSON; empty: no Raw tab
};

}
