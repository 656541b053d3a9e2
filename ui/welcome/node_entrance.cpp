#include "ui/welcome/node_entrance.h"

#include "ui/theme/theme.h"
#include "ui/widgets/form_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QSysInfo>

namespace fb {

using namespace Qt::StringLiterals;

NodeEntrance::NodeEntrance(QWidget *parent)
    : QWidget(parent),
      m_from(new QComboBox),
      m_host(new QLineEdit),
      m_port(new QSpinBox)
{
    const Metrics &m = themeOf(this).metrics();
    m_from->setObjectName(u"nodesFrom"_s);
    m_from->addItem(tr("From this machine only"), false);
    m_from->addItem(tr("From other machines too"), true);
    m_host->setObjectName(u"nodesHost"_s);
    m_host->setFixedWidth(m.lines(13));
    m_host->setText(QSysInfo::machineHostName());
    m_port->setObjectName(u"nodesPort"_s);
    m_port->setRange(1, 65535);
    m_port->setValue(StoreChoice().nodePort);
    m_port->setFixedWidth(m.lines(6));
    m_hostField = new FormField(tr("Name or address of this machine"), m_host);
    m_portField = new FormField(tr("Port"), m_port);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m.fieldGap());
    line->addWidget(new FormField(tr("Nodes connect"), m_from), 0, Qt::AlignTop);
    line->addWidget(m_hostField, 0, Qt::AlignTop);
    line->addWidget(m_portField, 0, Qt::AlignTop);
    line->addStretch(1);
    connect(m_from, &QComboBox::currentIndexChanged, this, &NodeEntrance::update);
    connect(m_host, &QLineEdit::textEdited, this, &NodeEntrance::clearProblems);
    update();
}

void NodeEntrance::update()
{
    m_hostField->setVisible(m_from->currentData().toBool());
    m_portField->setVisible(m_from->currentData().toBool());
}

void NodeEntrance::show(const StoreChoice &choice)
{
    m_from->setCurrentIndex(m_from->findData(choice.fromOtherMachines));
    m_port->setValue(choice.nodePort);
    if (!choice.nodeHost.isEmpty())
        m_host->setText(choice.nodeHost);
}

void NodeEntrance::fill(StoreChoice &choice) const
{
    choice.fromOtherMachines = m_from->currentData().toBool();
    choice.nodePort = m_port->value();
    choice.nodeHost = m_host->text().trimmed();
}

bool NodeEntrance::showProblem(const StoreChoice::Problem &problem)
{
    if (problem.field != u"nodeHost" && problem.field != u"nodePort")
        return false;
    FormField *field = problem.field == u"nodeHost" ? m_hostField : m_portField;
    field->setError(problem.message);
    field->field()->setFocus();
    return true;
}

void NodeEntrance::clearProblems()
{
    m_hostField->setError({});
    m_portField->setError({});
}

}
