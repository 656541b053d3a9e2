#pragma once
// The detail pane beside a list: Summary and Raw of the current row (look.md 6). Ui thread.

#include "ui/records/record_detail.h"

#include <QWidget>

class QHBoxLayout;
class QStackedWidget;
class QTabBar;

namespace fb {

class Chip;
class CompareList;
class FactList;
class TagRow;
class TextLabel;
class TextViewer;
class WrapLayout;

class RecordPane : public QWidget
{
    Q_OBJECT
public:
    explicit RecordPane(QWidget *parent = nullptr);
    void show(const RecordDetail &detail);
    using QWidget::show;

signals:
    void closeClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void setActions(const QList<RecordAction> &actions);

    TextLabel *m_title;
    TextLabel *m_id;
    QWidget *m_idLine;
    Chip *m_chip;
    WrapLayout *m_actions; // as many lines as they need
    QList<RecordAction> m_shownActions;
    QTabBar *m_tabs;
    QStackedWidget *m_parts;
    FactList *m_facts;
    TagRow *m_tags;
    CompareList *m_compare;
    TextViewer *m_raw;
};

}
