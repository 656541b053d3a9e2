#pragma once
// Below the units of a node: what one of them is, the last lines of its log, and its unit files as they are read. Ui thread.

#include "models/nodes/tools/services_view_model.h"
#include "ui/widgets/surface.h"

namespace fb {

class FactList;
class TabStack;
class TextLabel;
class TextViewer;

class ServicePane : public Surface
{
    Q_OBJECT
public:
    explicit ServicePane(ServicesViewModel &model, QWidget *parent = nullptr); // of what the model looks at

    void update(); // the facts, which come with each list

signals:
    void closeClicked();

private:
    void showDetail();
    QList<QPair<QString, QString>> factsOf(const ServiceRow &row) const;

    ServicesViewModel &m_model;
    TextLabel *m_title;
    TextLabel *m_note;
    FactList *m_facts;
    TabStack *m_tabs;
    TextLabel *m_logNote;
    TextLabel *m_textNote;
    TextViewer *m_log;
    TextViewer *m_text;
};

}
