#pragma once
// "Create a store here": SQLite in the data folder, the first account, the master key in the keychain (ux.md 13). Ui thread.

#include "ui/welcome/store_screen.h"

namespace fb {

class NodeEntrance;

class StoreHereScreen : public StoreScreen
{
    Q_OBJECT
public:
    StoreHereScreen(const QString &dataDir, const QString &operatorName);
    StoreChoice choice() const override;
    void show(const StoreChoice &choice) override;
    bool showProblem(const StoreChoice::Problem &problem) override;

protected:
    void clearProblems() override;

private:
    NodeEntrance *m_entrance;
};

}
