#pragma once
// Nodes to choose from: a filter, and the list under it. What of a node stands there and which can be chosen is its owner's. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QWidget>

#include <functional>
#include <optional>

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace fb {

class NodeList : public QWidget
{
    Q_OBJECT
public:
    struct Form {
        QString filterName; // object names
        QString listName;
        int rowsInView = 6;
        std::function<std::optional<int>(const NodeRow &)> rank; // lower stands first; none: not in the list
        // An item in the list, with name, icon and tool tip; what follows the name stands behind it.
        std::function<QString(const NodeRow &)> about;
        std::function<void(const NodeRow &, QListWidgetItem &)> dress;
    };
    NodeList(FleetViewModel &fleet, Form form, QWidget *parent = nullptr);

    QLineEdit *filter() { return m_filter; }
    QListWidget *list() { return m_list; }
    void fill();
    bool isFilling() const
    {
        return m_isFilling;
    } // what is heard of the list then is not the operator's doing
    int hidden() const { return m_hidden; } // match, but are too many to stand in the list

    static QString idOf(const QListWidgetItem &item);

signals:
    void filled();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    FleetViewModel &m_fleet;
    const Form m_form;
    QLineEdit *m_filter;
    QListWidget *m_list;
    int m_hidden = 0;
    bool m_isFilling = false;
};

}
