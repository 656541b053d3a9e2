#include "ui/welcome/postgres_screen.h"

#include "ui/theme/theme.h"
#include "ui/welcome/node_entrance.h"
#include "ui/widgets/form_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QLineEdit *lineEdit(const QString &name, int width, const QString &example = {})
    {
        auto *edit = new QLineEdit;
        edit->setObjectName(name);
        edit->setFixedWidth(width);
        edit->setPlaceholderText(example);
        return edit;
    }
}

PostgresScreen::PostgresScreen(const QString &operatorName)
    : StoreScreen(u"storePostgres"_s, tr("Connect to a shared PostgreSQL store"),
                  tr("A PostgreSQL 15 or newer database, created beforehand and owned by the user below. The "
                     "first console creates its tables."),
                  tr("Connect"))
{
    const Metrics &m = themeOf(this).metrics();
    m_host = lineEdit(u"pgHost"_s, m.lines(14), u"db.example.org"_s);
    m_port = new QSpinBox;
    m_port->setObjectName(u"pgPort"_s);
    m_port->setRange(1, 65535);
    m_port->setFixedWidth(m.lines(6));
    m_database = lineEdit(u"pgDatabase"_s, m.lines(10));
    m_user = lineEdit(u"pgUser"_s, m.lines(10));
    m_user->setText(operatorName);
    m_passwordFile = lineEdit(u"pgPasswordFile"_s, m.lines(14), u"~/.pgpass"_s);
    m_tls = new QComboBox;
    m_tls->setObjectName(u"pgTls"_s);
    m_tls->addItem(tr("Required, name checked"), u"verify-full"_s);
    m_tls->addItem(tr("Required, authority checked"), u"verify-ca"_s);
    m_tls->addItem(tr("Required, not checked"), u"require"_s);
    m_tls->addItem(tr("None"), u"disable"_s);
    const auto field
        = [this](const QString &key, const QString &label, QWidget *widget, const QString &help = {}) {
              auto *made = new FormField(label, widget, help);
              m_fields.insert(key, made);
              return made;
          };
    const auto line = [&](const QList<QWidget *> &widgets) {
        auto *row = new QHBoxLayout;
        row->setSpacing(m.fieldGap());
        for (QWidget *widget : widgets)
            row->addWidget(widget, 0, Qt::AlignTop);
        row->addStretch(1);
        form()->addLayout(row);
    };
    line({field(u"host"_s, tr("Host"), m_host), field(u"port"_s, tr("Port"), m_port),
          field(u"tls"_s, tr("TLS"), m_tls)});
    line({field(u"database"_s, tr("Database"), m_database), field(u"user"_s, tr("User"), m_user)});
    form()->addWidget(field(u"passwordFile"_s, tr("Password file"), m_passwordFile,
                            tr("One line, host:port:database:user:password, mode 0600. Left empty: "
                               "~/.pgpass.")));
    m_entrance = new NodeEntrance;
    form()->addWidget(m_entrance);
    for (QLineEdit *edit : {m_host, m_database, m_user, m_passwordFile}) {
        connect(edit, &QLineEdit::returnPressed, this, &PostgresScreen::submit);
        connect(edit, &QLineEdit::textEdited, this, [this, edit] {
            for (FormField *each : std::as_const(m_fields)) {
                if (each->field() == edit)
                    each->setError({});
            }
        });
    }
    connect(m_host, &QLineEdit::textChanged, this, &PostgresScreen::updateTls);
    PostgresScreen::show({.kind = StoreKind::Postgres, .user = operatorName});
}

// A Unix socket knows no TLS.
void PostgresScreen::updateTls() { m_tls->setEnabled(!m_host->text().trimmed().startsWith(u'/')); }

StoreChoice PostgresScreen::choice() const
{
    StoreChoice choice;
    choice.kind = StoreKind::Postgres;
    choice.host = m_host->text().trimmed();
    choice.port = m_port->value();
    choice.database = m_database->text().trimmed();
    choice.user = m_user->text().trimmed();
    choice.tls = m_tls->currentData().toString();
    choice.passwordFile = m_passwordFile->text().trimmed();
    m_entrance->fill(choice);
    return choice;
}

void PostgresScreen::show(const StoreChoice &choice)
{
    m_host->setText(choice.host);
    m_port->setValue(choice.port);
    m_database->setText(choice.database);
    if (!choice.user.isEmpty())
        m_user->setText(choice.user);
    m_tls->setCurrentIndex(qMax(0, m_tls->findData(choice.tls)));
    m_passwordFile->setText(choice.passwordFile);
    m_entrance->show(choice);
    updateTls();
}

bool PostgresScreen::showProblem(const StoreChoice::Problem &problem)
{
    FormField *field = m_fields.value(problem.field);
    if (!field)
        return m_entrance->showProblem(problem);
    field->setError(problem.message);
    field->field()->setFocus();
    return true;
}

void PostgresScreen::clearProblems()
{
    for (FormField *field : std::as_const(m_fields))
        field->setError({});
    m_entrance->clearProblems();
}

}
