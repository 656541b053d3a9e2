#pragma once
// "Connect to a shared PostgreSQL store": where it is and who we are there; the password stays in libpq's password file. Ui thread.

#include "ui/welcome/store_screen.h"

#include <QHash>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace fb {

class FormField;
class NodeEntrance;

class PostgresScreen : public StoreScreen
{
    Q_OBJECT
public:
    explicit PostgresScreen(const QString &operatorName);
    StoreChoice choice() const override;
    void show(const StoreChoice &choice) override;
    bool showProblem(const StoreChoice::Problem &problem) override;

protected:
    void clearProblems() override;

private:
    void updateTls();

    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_database;
    QLineEdit *m_user;
    QComboBox *m_tls;
    QLineEdit *m_passwordFile;
    QHash<QString, FormField *> m_fields; // by StoreChoice::Problem::field
    NodeEntrance *m_entrance;
};

}
