#pragma once
// Nodes > Profiles (spec/fleet-manager.md 3.10): what nodes may do and how their agents work, and which profile new nodes get. Ui thread.

#include "models/nodes/profiles/profiles_source.h"
#include "ui/records/record_page.h"

namespace fb {

class ProfilesPage : public RecordPage
{
    Q_OBJECT
public:
    explicit ProfilesPage(ProfilesViewModel &profiles, QWidget *parent = nullptr);

private:
    void openSheet(const QString &name); // empty: a new one
    void askDelete(const QString &name);
    void setForNewNodes(const QString &name, bool on);
    ProfilesSource::Done told(const QString &success, const QString &failure);

    ProfilesViewModel &m_profiles;
};

}
