"""Tariffs stand in organization; no city has data yet."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bonuses", "0001_initial"), ("organization", "0002_tariff")]

    operations = [migrations.DeleteModel(name="TariffEvent"), migrations.DeleteModel(name="Tariff")]
