"""The five groups and the rights they carry, as they stand at this migration.

`accounts.choices.RIGHTS_OF` is what code reads; a test compares both. Permission rows are made
here because Django makes its own only after the last migration.
"""

from django.db import migrations

RIGHTS = {
    "ask": "Find goods, fill a cart, ask for them",
    "approve": "Approve what their department asks for",
    "approve_as_finance": "Be asked above the company limit",
    "pay": "Release and watch payments",
    "see_department": "See their department's requests and orders",
    "see_all": "See everyone's requests and orders",
    "see_prices": "See prices",
    "receive": "Count goods in",
    "confirm_to_seller": "Confirm receipt to the seller",
    "settle_stuck": "Decide about stuck commands",
    "see_connections": "See the connections to the platform",
    "manage_desk": "Manage people, sub-accounts, rates and limits",
}
GROUPS = {
    "buyer": ("ask", "see_prices", "receive", "confirm_to_seller"),
    "manager": (
        "ask", "approve", "see_department", "see_prices", "receive", "confirm_to_seller",
    ),
    "finance": (
        "approve_as_finance", "pay", "see_all", "see_prices", "settle_stuck", "see_connections",
    ),
    "warehouse": ("receive",),
    "admin": ("ask", "see_all", "see_prices", "settle_stuck", "see_connections", "manage_desk"),
}


def lay_roles(apps, schema_editor):
    """Idempotent: existing groups keep their people, and get exactly these rights of ours."""
    alias = schema_editor.connection.alias
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.using(
        alias
    ).get_or_create(app_label="accounts", model="user")
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    rights = {
        code: permissions.get_or_create(
            content_type=content_type, codename=code, defaults={"name": name}
        )[0]
        for code, name in RIGHTS.items()
    }
    for name, codes in GROUPS.items():
        group, _ = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.set([rights[code] for code in codes])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # Backwards nothing is taken away: groups may hold people by then.
    operations = [migrations.RunPython(lay_roles, migrations.RunPython.noop)]
