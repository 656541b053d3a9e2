#include "ui/nodes/sessions/desktop_sheet.h"

#include "ui/nodes/sessions/online_node_box.h"
#include "ui/nodes/sessions/port_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QFileInfo>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kLongestUser = 256;
    constexpr int kLongestPassword = 256;
    constexpr int kLongestHost = 253;
}

DesktopSheet::DesktopSheet(FleetViewModel &fleet, RemoteDesktops &desktops, QWidget *window)
    : Sheet(tr("Open a remote desktop"), window),
      m_desktops(desktops),
      m_banner(new Banner),
      m_node(new OnlineNodeBox(fleet)),
      m_host(new QLineEdit),
      m_port(new PortLine(u"3389"_s)),
      m_user(new QLineEdit),
      m_password(new QLineEdit),
      m_nodeField(new FormField(tr("Node"), m_node, tr("The connection goes through it."), true)),
      m_hostField(new FormField(tr("Host"), m_host,
                                tr("Name or address as seen from the node. Leave empty for the node itself."),
                                true)),
      m_portField(new FormField(tr("Port"), m_port, tr("3389 unless the host uses another port."))),
      m_open(makeButton(u"desktopOpen"_s, tr("Open desktop"), Icon::Desktop, ButtonKind::Primary))
{
    setObjectName(u"desktopSheet"_s);
    m_banner->setObjectName(u"desktopBanner"_s);
    m_banner->hide();
    m_node->setObjectName(u"desktopNode"_s);
    m_host->setObjectName(u"desktopHost"_s);
    m_host->setMaxLength(kLongestHost);
    m_port->setObjectName(u"desktopPort"_s);
    m_user->setObjectName(u"desktopUser"_s);
    m_user->setMaxLength(kLongestUser);
    m_user->setPlaceholderText(u"DOMAIN\\user"_s);
    m_password->setObjectName(u"desktopPassword"_s);
    m_password->setMaxLength(kLongestPassword);
    m_password->setEchoMode(QLineEdit::Password);
    markChange(m_open, "ssm:StartSession");
    const QString client = RemoteDesktops::clientProgram();
    for (QWidget *part : std::initializer_list<QWidget *> {
             m_banner, m_nodeField, m_hostField, m_portField, new FormField(tr("User"), m_user, {}, true),
             new FormField(tr("Password"), m_password,
                           client.isEmpty() ? QString()
                                            : tr("Passed to %1, the RDP client of this machine; not stored.")
                                                  .arg(QFileInfo(client).fileName()),
                           true)})
        body()->addWidget(part);
    body()->addStretch(1);
    auto *cancel = makeButton(u"desktopCancel"_s, tr("Cancel"));
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_open);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_open, &QPushButton::clicked, this, &DesktopSheet::submit);
    for (QLineEdit *line : {m_host, static_cast<QLineEdit *>(m_port), m_user, m_password})
        connect(line, &QLineEdit::returnPressed, this, &DesktopSheet::submit);
    connect(m_host, &QLineEdit::textEdited, this, [this] { m_hostField->setError({}); });
    connect(m_port, &QLineEdit::textEdited, this, [this] { m_portField->setError({}); });
    connect(m_node, &OnlineNodeBox::filled, this, [this] { m_nodeField->setError({}); });
    if (client.isEmpty()) {
        m_open->setEnabled(false);
        m_banner->showMessage(Tone::Waiting, Icon::Notice, tr("This machine has no RDP client."),
                              tr("Install FreeRDP, the package freerdp2-x11, and open this again."));
    }
}

QWidget *DesktopSheet::firstField() { return m_node->count() > 1 ? static_cast<QWidget *>(m_node) : m_user; }

void DesktopSheet::setNode(const QString &nodeId) { m_node->setNode(nodeId); }

void DesktopSheet::submit()
{
    if (!m_open->isEnabled() || EditGate::waits(*m_open))
        return;
    m_banner->hide();
    const auto wrong = [](FormField *field, const QString &error) {
        field->setError(error);
        field->field()->setFocus();
    };
    if (m_node->nodeId().isEmpty())
        return wrong(m_nodeField, tr("No node is online. A remote desktop needs an online node."));
    if (m_host->text().trimmed().contains(u' '))
        return wrong(m_hostField, tr("Enter a name or an address without spaces."));
    const auto port = m_port->port();
    if (!port)
        return wrong(m_portField, tr("Enter a port: 1 to 65535."));
    m_open->setEnabled(false);
    m_desktops.open({.nodeId = m_node->nodeId(),
                     .nodeName = m_node->nodeName(),
                     .host = m_host->text().trimmed(),
                     .port = *port,
                     .user = m_user->text().trimmed(),
                     .password = m_password->text().toUtf8()},
                    [self = QPointer(this)](const ShownError &problem) {
                        if (!self)
                            return;
                        self->m_open->setEnabled(true);
                        if (problem.isEmpty())
                            return self->close();
                        self->m_banner->showProblem(problem, self->tr("The remote desktop was not opened."));
                    });
    m_password->clear();
}

}
