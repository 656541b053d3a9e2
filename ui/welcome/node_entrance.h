#pragma once
// How nodes come in: from this machine alone, or from others too, by which name and port. Part of the screens that make a store. Ui thread.

#include "models/setup/store_choice.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace fb {

class FormField;

class NodeEntrance : public QWidget
{
    Q_OBJECT
public:
    explicit NodeEntrance(QWidget *parent = nullptr);
    void show(const StoreChoice &choice);
    void fill(StoreChoice &choice) const;
    bool showProblem(const StoreChoice::Problem &problem); // false: not of these fields
    void clearProblems();

private:
    void update();

    QComboBox *m_from;
    QLineEdit *m_host;
    FormField *m_hostField;
    QSpinBox *m_port;
    FormField *m_portField;
};

}
