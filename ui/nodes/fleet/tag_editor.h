#pragma once
// Tags as rows of key and value, to add, change and remove; each field says at once what is wrong with it (ux.md 6). Ui thread.

#include "models/nodes/fleet/fleet_change.h"

#include <QWidget>

class QGridLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace fb {

class TextLabel;

class TagEditor : public QWidget
{
    Q_OBJECT
public:
    explicit TagEditor(QWidget *parent = nullptr);

    void setTags(const QList<NodeTag> &tags); // keeps nothing that was typed
    QList<NodeTag> tags() const; // as they stand; rows without key and value are left out
    bool isValid() const;
    bool showProblems(); // all fields, the first bad one gets the focus; answers isValid()

signals:
    void edited();

private:
    struct Row {
        QLineEdit *key;
        QLineEdit *value;
        QToolButton *remove;
        TextLabel *problem;
    };

    void addRow(const NodeTag &tag);
    void removeRow(QLineEdit *key);
    QString problemOf(const Row &row) const;
    bool check(const Row &row);

    QGridLayout *m_grid;
    QList<QWidget *> m_titles; // of the columns; not over nothing
    QPushButton *m_add;
    QList<Row> m_rows;
};

}
