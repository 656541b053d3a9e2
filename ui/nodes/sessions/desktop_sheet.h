#pragma once
// Opens a remote desktop (spec/fleet-manager.md 3.9): node, port, user, password. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/sessions/remote_desktop.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QPushButton;

namespace fb {

class Banner;
class FormField;
class OnlineNodeBox;
class PortLine;

class DesktopSheet : public Sheet
{
    Q_OBJECT
public:
    DesktopSheet(FleetViewModel &fleet, RemoteDesktops &desktops, QWidget *window);

    void setNode(const QString &nodeId);

protected:
    QWidget *firstField() override;

private:
    void submit();

    RemoteDesktops &m_desktops;
    Banner *m_banner;
    OnlineNodeBox *m_node;
    QLineEdit *m_host;
    PortLine *m_port;
    QLineEdit *m_user;
    QLineEdit *m_password;
    FormField *m_nodeField;
    FormField *m_hostField;
    FormField *m_portField;
    QPushButton *m_open;
};

}
