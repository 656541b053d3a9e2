#pragma once
// Nodes > Activations (spec/fleet-manager.md B5): the invitations for nodes, live, with what is left of each; makes and deletes them. Ui thread.

#include "models/nodes/activations/activations_source.h"
#include "ui/records/record_page.h"

namespace fb {

class ActivationsPage : public RecordPage
{
    Q_OBJECT
public:
    explicit ActivationsPage(ActivationsViewModel &activations, QWidget *parent = nullptr);
    void askDelete(const QString &id);

signals:
    void enrolRequested();

private:
    ActivationsViewModel &m_activations;
};

}
