#pragma once
// Opens a tunnel (spec/session-manager.md 5): node, host, port, port of this machine, name, whether it is kept open. A port in use is named with
// who has it, and a free one is offered. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/sessions/tunnels_source.h"
#include "ui/widgets/sheet.h"

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace fb {

class Banner;
class FormField;
class OnlineNodeBox;
class PortLine;

class TunnelSheet : public Sheet
{
    Q_OBJECT
public:
    TunnelSheet(FleetViewModel &fleet, TunnelsSource &tunnels, QWidget *window);

    void setNode(const QString &nodeId);

protected:
    QWidget *firstField() override;

private:
    QWidget *validate(TunnelWish &wish); // the first field that is wrong; nullptr: none
    void submit();
    void showProblem(const ShownError &problem, int freePort);

    TunnelsSource &m_tunnels;
    Banner *m_banner;
    OnlineNodeBox *m_node;
    QLineEdit *m_host;
    PortLine *m_port;
    PortLine *m_localPort;
    QLineEdit *m_name;
    QCheckBox *m_keepOpen;
    QPushButton *m_useFree; // the port that is offered
    FormField *m_nodeField;
    FormField *m_hostField;
    FormField *m_portField;
    FormField *m_localPortField;
    QPushButton *m_open;
    int m_freePort = 0;
};

}
