#pragma once
// Brings a reinstalled machine back as the node that it was (spec/fleet-manager.md B3.5): makes a token of one use, and shows what to paste.
// The code lives in this sheet alone, and goes with it. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "ui/widgets/sheet.h"

class QPlainTextEdit;
class QPushButton;

namespace fb {

class Banner;
class TextLabel;

class ReenrolSheet : public Sheet
{
    Q_OBJECT
public:
    ReenrolSheet(FleetViewModel &fleet, const QString &nodeId, const QString &nodeName, QWidget *window);

private:
    void make();
    void show(const ActivationMade &made);
    void copy();

    FleetViewModel &m_fleet;
    QString m_nodeId;
    Banner *m_banner;
    TextLabel *m_words;
    QPlainTextEdit *m_text;
    QPushButton *m_copy;
    QPushButton *m_make;
    QPushButton *m_cancel;
    QString m_request;
};

}
