#include "ui/nodes/sessions/tunnel_sheet.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/online_node_box.h"
#include "ui/nodes/sessions/port_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kLongestName = 128;
    constexpr int kLongestTunnelHost = 253;
}

TunnelSheet::TunnelSheet(FleetViewModel &fleet, TunnelsSource &tunnels, QWidget *window)
    : Sheet(tr("Open a tunnel"), window),
      m_tunnels(tunnels),
      m_banner(new Banner),
      m_node(new OnlineNodeBox(fleet)),
      m_host(new QLineEdit),
      m_port(new PortLine),
      m_localPort(new PortLine),
      m_name(new QLineEdit),
      m_keepOpen(new QCheckBox(tr("Keep open"))),
      m_useFree(makeButton(u"tunnelUseFree"_s, {})),
      m_nodeField(new FormField(tr("Node"), m_node, tr("The connection goes through it."), true)),
      m_hostField(new FormField(tr("Host"), m_host,
                                tr("Name or address as seen from the node. Leave empty for the node itself."),
                                true)),
      m_portField(new FormField(tr("Port"), m_port, tr("On that host: 1 to 65535."))),
      m_localPortField(
          new FormField(tr("Port of this machine"), m_localPort,
                        tr("Programs on this machine connect to it. If empty, any free port is used."))),
      m_open(makeButton(u"tunnelOpen"_s, tr("Open tunnel"), Icon::Tunnel, ButtonKind::Primary))
{
    setObjectName(u"tunnelSheet"_s);
    m_banner->setObjectName(u"tunnelBanner"_s);
    m_banner->hide();
    m_node->setObjectName(u"tunnelNode"_s);
    m_host->setObjectName(u"tunnelHost"_s);
    m_host->setMaxLength(kLongestTunnelHost);
    m_host->setPlaceholderText(u"db.example.internal"_s);
    m_port->setObjectName(u"tunnelPort"_s);
    m_port->setPlaceholderText(u"5432"_s);
    m_localPort->setObjectName(u"tunnelLocalPort"_s);
    m_localPort->setPlaceholderText(u"15432"_s);
    m_name->setObjectName(u"tunnelName"_s);
    m_name->setMaxLength(kLongestName);
    m_keepOpen->setObjectName(u"tunnelKeepOpen"_s);
    m_useFree->hide();
    markChange(m_open, "ssm:StartSession");
    for (QWidget *part : std::initializer_list<QWidget *> {
             m_banner, m_nodeField, m_hostField, m_portField, m_localPortField, m_useFree,
             new FormField(tr("Name"), m_name, tr("Shown in the list. If empty, host and port are shown."),
                           true),
             new FormField(tr("After a time-out"), m_keepOpen,
                           tr("The next connection opens it again, and so does the console when it starts."),
                           true)})
        body()->addWidget(part);
    body()->setAlignment(m_useFree, Qt::AlignLeft);
    body()->addStretch(1);
    auto *cancel = makeButton(u"tunnelCancel"_s, tr("Cancel"));
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_open);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_open, &QPushButton::clicked, this, &TunnelSheet::submit);
    connect(m_useFree, &QPushButton::clicked, this, [this] {
        m_localPort->setText(QString::number(m_freePort));
        m_localPortField->setError({});
        m_useFree->hide();
        m_open->setFocus();
    });
    for (QLineEdit *line : std::initializer_list<QLineEdit *> {m_host, m_port, m_localPort, m_name})
        connect(line, &QLineEdit::returnPressed, this, &TunnelSheet::submit);
    connect(m_host, &QLineEdit::textEdited, this, [this] { m_hostField->setError({}); });
    connect(m_port, &QLineEdit::textEdited, this, [this] { m_portField->setError({}); });
    connect(m_localPort, &QLineEdit::textEdited, this, [this] {
        m_localPortField->setError({});
        m_useFree->hide();
    });
    connect(m_node, &OnlineNodeBox::filled, this, [this] { m_nodeField->setError({}); });
}

QWidget *TunnelSheet::firstField() { return m_node->count() > 1 ? static_cast<QWidget *>(m_node) : m_port; }

void TunnelSheet::setNode(const QString &nodeId) { m_node->setNode(nodeId); }

QWidget *TunnelSheet::validate(TunnelWish &wish)
{
    QWidget *wrong = nullptr;
    const auto note = [&wrong](FormField *field, const QString &error) {
        field->setError(error);
        if (wrong == nullptr)
            wrong = field->field();
    };
    wish.nodeId = m_node->nodeId();
    wish.host = m_host->text().trimmed();
    wish.name = m_name->text().trimmed();
    wish.keepOpen = m_keepOpen->isChecked();
    if (wish.nodeId.isEmpty())
        note(m_nodeField, tr("No node is online. A tunnel needs an online node."));
    if (wish.host.contains(u' '))
        note(m_hostField, tr("Enter a name or an address without spaces."));
    if (const auto port = m_port->port())
        wish.port = *port;
    else
        note(m_portField, tr("Enter a port: 1 to 65535."));
    if (const auto port = m_localPort->portOrNone())
        wish.localPort = *port;
    else
        note(m_localPortField, tr("Enter a port from 1 to 65535, or leave it empty."));
    return wrong;
}

void TunnelSheet::submit()
{
    if (!m_open->isEnabled() || EditGate::waits(*m_open))
        return;
    m_banner->hide();
    m_useFree->hide();
    TunnelWish wish;
    if (QWidget *wrong = validate(wish))
        return wrong->setFocus();
    m_open->setEnabled(false);
    m_tunnels.open(wish, [self = QPointer(this)](const ShownError &problem, int freePort) {
        if (!self)
            return;
        self->m_open->setEnabled(true);
        if (problem.isEmpty())
            return self->close();
        self->showProblem(problem, freePort);
    });
}

void TunnelSheet::showProblem(const ShownError &problem, int freePort)
{
    const QString field = problem.field.section(u'.', -1);
    FormField *at = field == u"localPortNumber" ? m_localPortField
        : field == u"portNumber"                ? m_portField
        : field == u"host"                      ? m_hostField
        : field == u"Target"                    ? m_nodeField
                                                : nullptr;
    if (!at)
        return m_banner->showProblem(problem, tr("The tunnel was not opened."));
    at->setError(visibleText(problem.message));
    at->field()->setFocus();
    m_freePort = freePort;
    if (at == m_localPortField && freePort > 0) {
        m_useFree->setText(tr("Use port %1").arg(freePort));
        m_useFree->show();
    }
}

}
